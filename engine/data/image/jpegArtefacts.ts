import type { Pixels } from "./pixels.ts";

/** ITU T.81 annex K, tables K.1 (luma) and K.2 (chroma), by rows. */
const LUMA_TABLE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const CHROMA_TABLE = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/** The orthonormal DCT-II of 8 points: row k holds the cosine of frequency k. */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const k = i >> 3;
  return (k === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * (i & 7) + 1) * k * Math.PI) / 16);
});

/** One component of a picture, its sides rounded up to whole blocks of 8. */
interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * What saving as JPEG does to a picture: luma and halved chroma in blocks of 8 × 8, transformed,
 * rounded to the quantisation tables of `quality` (1 … 100, as libjpeg scales them) and back.
 * Entropy coding loses nothing, so it is left out, and no codec and no waiting are needed.
 */
export function jpegArtefacts(pixels: Pixels, quality: number): Pixels {
  const [luma, blueness, redness] = planes(pixels);
  quantise(luma, scaled(LUMA_TABLE, quality));
  const chroma = scaled(CHROMA_TABLE, quality);
  quantise(blueness, chroma);
  quantise(redness, chroma);
  return picture(pixels.width, pixels.height, luma, blueness, redness);
}

/** A quantisation table at a quality, as libjpeg's jpeg_quality_scaling has it. */
function scaled(table: readonly number[], quality: number): Float64Array {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return Float64Array.from(table, (step) =>
    Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100))),
  );
}

/** RGB → Y, Cb, Cr (JFIF §7), centred on 0; each chroma value stands for 2 × 2 pixels. */
function planes({ width, height, data }: Pixels): [Plane, Plane, Plane] {
  const plane = (w: number, h: number): Plane => {
    const [paddedWidth, paddedHeight] = [(w + 7) & ~7, (h + 7) & ~7];
    return { width: paddedWidth, height: paddedHeight, data: new Float32Array(paddedWidth * paddedHeight) };
  };
  const luma = plane(width, height);
  const blueness = plane((width + 1) >> 1, (height + 1) >> 1);
  const redness = plane((width + 1) >> 1, (height + 1) >> 1);
  // Chroma reaches over 16 × 16 pixels, and beyond the picture its edge is repeated.
  const [columns, rows] = [blueness.width * 2, blueness.height * 2];
  for (let y = 0; y < rows; y++) {
    const line = Math.min(y, height - 1) * width;
    for (let x = 0; x < columns; x++) {
      const p = (line + Math.min(x, width - 1)) * 3;
      const r = data[p]!;
      const g = data[p + 1]!;
      const b = data[p + 2]!;
      if (x < luma.width && y < luma.height) {
        luma.data[y * luma.width + x] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
      }
      const c = (y >> 1) * blueness.width + (x >> 1);
      blueness.data[c] = blueness.data[c]! + (-0.168736 * r - 0.331264 * g + 0.5 * b) / 4;
      redness.data[c] = redness.data[c]! + (0.5 * r - 0.418688 * g - 0.081312 * b) / 4;
    }
  }
  return [luma, blueness, redness];
}

/** Rounds each block's frequencies to multiples of the table's steps, in place. */
function quantise({ width, height, data }: Plane, table: Float64Array): void {
  const block = new Float64Array(64);
  const scratch = new Float64Array(64);
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      const corner = top * width + left;
      for (let i = 0; i < 64; i++) block[i] = data[corner + (i >> 3) * width + (i & 7)]!;
      transformRows(block, scratch);
      transformRows(scratch, block);
      for (let i = 0; i < 64; i++) block[i] = Math.round(block[i]! / table[i]!) * table[i]!;
      restoreRows(block, scratch);
      restoreRows(scratch, block);
      for (let i = 0; i < 64; i++) data[corner + (i >> 3) * width + (i & 7)] = block[i]!;
    }
  }
}

/** DCT of each row, written as columns: twice gives both directions, upright again. */
function transformRows(input: Float64Array, output: Float64Array): void {
  for (let row = 0; row < 64; row += 8) {
    for (let k = 0; k < 8; k++) {
      let sum = 0;
      for (let n = 0; n < 8; n++) sum += input[row + n]! * COSINES[k * 8 + n]!;
      output[k * 8 + (row >> 3)] = sum;
    }
  }
}

/** The inverse of transformRows. */
function restoreRows(input: Float64Array, output: Float64Array): void {
  for (let row = 0; row < 64; row += 8) {
    for (let n = 0; n < 8; n++) {
      let sum = 0;
      for (let k = 0; k < 8; k++) sum += input[row + k]! * COSINES[k * 8 + n]!;
      output[n * 8 + (row >> 3)] = sum;
    }
  }
}

/** Y, Cb, Cr → RGB. */
function picture(width: number, height: number, luma: Plane, blueness: Plane, redness: Plane): Pixels {
  const data = new Uint8ClampedArray(width * height * 3);
  let q = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = luma.data[y * luma.width + x]! + 128;
      const c = (y >> 1) * blueness.width + (x >> 1);
      const cb = blueness.data[c]!;
      const cr = redness.data[c]!;
      data[q] = light + 1.402 * cr;
      data[q + 1] = light - 0.344136 * cb - 0.714136 * cr;
      data[q + 2] = light + 1.772 * cb;
      q += 3;
    }
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}
