import type { Field } from "./class-maps.ts";

/** The nine parts of a picture, row by row. */
export const regions = [
  "upperLeft",
  "upper",
  "upperRight",
  "left",
  "centre",
  "right",
  "lowerLeft",
  "lower",
  "lowerRight",
] as const;
export type Region = (typeof regions)[number];

/** Where the evidence lies, for those who don't see the colours. */
export interface Whereabouts {
  /** The parts that hold most of it, the strongest first; empty where it is spread over the whole picture. */
  readonly mostly: readonly Region[];
  /** The share of the picture's area with at least half the strongest evidence, in [0, 1]; 0 without any. */
  readonly covers: number;
}

/** The strong evidence within the named parts is at least this share of all strong evidence. */
const most = 0.6;

/** More parts than this are no place any more. */
const fewParts = 3;

/** Describes a field in [0, 1] whose largest value is near 1, on a grid fine enough to be cut in three. */
export function whereabouts({ values, width, height }: Field): Whereabouts {
  const weights = new Float64Array(regions.length);
  let strong = 0;
  let total = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x]!;
      if (value < 0.5) continue;
      strong++;
      total += value;
      weights[3 * Math.floor((3 * y) / height) + Math.floor((3 * x) / width)]! += value;
    }
  }
  const ranked = [...regions.keys()].sort((a, b) => weights[b]! - weights[a]!);
  const mostly: Region[] = [];
  let held = 0;
  while (total > 0 && held < most * total) {
    const next = ranked[mostly.length]!;
    held += weights[next]!;
    mostly.push(regions[next]!);
  }
  return { mostly: mostly.length > fewParts ? [] : mostly, covers: strong / values.length };
}
