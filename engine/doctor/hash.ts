import { type Pixels, whole } from "../data/image/pixels.ts";
import { resample } from "../data/image/resize.ts";

/** 64 bits that similar pictures share for the most part, as two unsigned words. */
export type Hash = readonly [first: number, second: number];

/** Rows of bits in a hash, and bits in a row. */
const SIDE = 8;

/** Cells along each side of what pHash transforms. */
const WAVES = 32;

/** COSINES[k][x]: frequency k + 1 of the DCT-II over WAVES cells. */
const COSINES = Array.from({ length: SIDE }, (_, k) =>
  Float64Array.from({ length: WAVES }, (_, x) => Math.cos((Math.PI * (k + 1) * (2 * x + 1)) / (2 * WAVES))),
);

/**
 * Difference hash: whether it gets brighter from each of 9 × 8 cells to the next on its right (Krawetz 2013,
 * "Kind of Like That"). `flip` hashes the mirror image.
 */
export function dHash(pixels: Pixels, flip = false): Hash {
  const cells = luma(resample(pixels, whole(pixels), SIDE + 1, SIDE, flip));
  return bits((row, column) => {
    const at = row * (SIDE + 1) + column;
    return cells[at]! < cells[at + 1]!;
  });
}

/**
 * Perceptual hash: which of the 8 × 8 lowest frequencies, constant ones left out, are above their median in the
 * cosine transform of 32 × 32 cells (Zauner 2010, "Implementation and Benchmarking of Perceptual Image Hash
 * Functions", §3.2.1). `flip` hashes the mirror image.
 */
export function pHash(pixels: Pixels, flip = false): Hash {
  const cells = luma(resample(pixels, whole(pixels), WAVES, WAVES, flip));
  const across = new Float64Array(WAVES * SIDE); // [row, frequency]
  for (let y = 0; y < WAVES; y++)
    for (let u = 0; u < SIDE; u++)
      for (let x = 0; x < WAVES; x++) across[y * SIDE + u]! += COSINES[u]![x]! * cells[y * WAVES + x]!;
  const spectrum = new Float64Array(SIDE * SIDE);
  for (let v = 0; v < SIDE; v++)
    for (let u = 0; u < SIDE; u++)
      for (let y = 0; y < WAVES; y++) spectrum[v * SIDE + u]! += COSINES[v]![y]! * across[y * SIDE + u]!;
  const sorted = spectrum.toSorted();
  const median = (sorted[SIDE ** 2 / 2 - 1]! + sorted[SIDE ** 2 / 2]!) / 2;
  return bits((v, u) => spectrum[v * SIDE + u]! > median);
}

/** How many bits of a 32-bit word are set (Warren, "Hacker's Delight", §5-1). */
export function ones(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  sum = (sum + (sum >>> 4)) & 0x0f0f0f0f;
  return Math.imul(sum, 0x01010101) >>> 24;
}

/** Brightness of each pixel, [0, 255]: the luma of ITU-R BT.601, as in JPEG. */
export function luma({ data }: Pixels): Float32Array {
  return Float32Array.from(
    { length: data.length / 3 },
    (_, i) => 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!,
  );
}

/** Packs SIDE × SIDE answers, row by row. */
function bits(answer: (row: number, column: number) => boolean): Hash {
  const words: [number, number] = [0, 0];
  for (let row = 0; row < SIDE; row++) {
    const word = row < SIDE / 2 ? 0 : 1;
    for (let column = 0; column < SIDE; column++) {
      words[word] = ((words[word] << 1) | Number(answer(row, column))) >>> 0;
    }
  }
  return words;
}
