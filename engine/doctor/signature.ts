import { type Pixels, whole } from "../data/image/pixels.ts";
import { resample } from "../data/image/resize.ts";
import { dHash, type Hash, luma, pHash } from "./hash.ts";

/** What is kept of a picture to tell whether another one shows the same. */
export interface Signature {
  readonly straight: View;
  /** The same of the mirror image. */
  readonly mirrored: View;
  /** Standard deviation of the brightness, in levels of 256. */
  readonly contrast: number;
}

/** A picture as it is, or mirrored left to right. */
export interface View {
  readonly pHash: Hash;
  readonly dHash: Hash;
  /** Brightness of SIDE × SIDE cells, row by row. */
  readonly cells: Uint8Array;
}

const SIDE = 32;

/** The signature of a picture; scaling it or compressing it anew hardly changes it. */
export function signatureOf(pixels: Pixels): Signature {
  const small = resample(pixels, whole(pixels), SIDE, SIDE);
  const straight = view(small);
  const count = straight.cells.length;
  const mean = straight.cells.reduce((sum, value) => sum + value, 0) / count;
  const variance = straight.cells.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return {
    straight,
    mirrored: view(resample(small, whole(small), SIDE, SIDE, true)),
    contrast: Math.sqrt(variance),
  };
}

const view = (small: Pixels): View => ({
  pHash: pHash(small),
  dHash: dHash(small),
  cells: Uint8Array.from(luma(small), Math.round),
});

/**
 * How far the edges of two views agree: their cosine, in [−1, 1]. Pictures of like composition, such as thin
 * objects on white, have near hashes, but their edges agree only where both show the same.
 */
export function agreement(a: View, b: View): number {
  const [left, right] = [edges(a.cells), edges(b.cells)];
  let dot = 0;
  for (let i = 0; i < left.length; i++) dot += left[i]! * right[i]!;
  return dot;
}

/**
 * The steps of brightness from each cell to its right and its lower neighbour, scaled to length 1. The mean step
 * is left out: skies and deep water get darker alike whatever is in them.
 */
function edges(cells: Uint8Array): Float32Array {
  const count = SIDE * (SIDE - 1);
  const steps = new Float32Array(2 * count);
  let at = 0;
  for (let y = 0; y < SIDE; y++)
    for (let x = 1; x < SIDE; x++) steps[at++] = cells[y * SIDE + x]! - cells[y * SIDE + x - 1]!;
  for (let i = SIDE; i < SIDE * SIDE; i++) steps[at++] = cells[i]! - cells[i - SIDE]!;
  for (const part of [steps.subarray(0, count), steps.subarray(count)]) {
    const mean = part.reduce((sum, step) => sum + step, 0) / count;
    for (let i = 0; i < count; i++) part[i]! -= mean;
  }
  const length = Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0)) || 1;
  return steps.map((step) => step / length);
}
