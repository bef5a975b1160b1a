import type { Rng } from "../../random.ts";
import type { Pixels } from "./pixels.ts";

/** Ranges of a cut-out (Zhong et al. 2017, random erasing). */
export interface EraseRange {
  /** Share of the picture's area. */
  readonly area: readonly [number, number];
  /** Width / height; drawn evenly on a logarithmic scale. */
  readonly ratio: readonly [number, number];
}

/** A copy of the picture with one rectangle of a random colour on it. */
export function erase(pixels: Pixels, range: EraseRange, rng: Rng): Pixels {
  const area = pixels.width * pixels.height * rng.uniform(...range.area);
  const ratio = Math.exp(rng.uniform(Math.log(range.ratio[0]), Math.log(range.ratio[1])));
  const width = Math.min(pixels.width, Math.max(1, Math.round(Math.sqrt(area * ratio))));
  const height = Math.min(pixels.height, Math.max(1, Math.round(Math.sqrt(area / ratio))));
  const left = rng.integer(pixels.width - width + 1);
  const top = rng.integer(pixels.height - height + 1);
  const colour = [rng.integer(256), rng.integer(256), rng.integer(256)] as const;
  const data = pixels.data.slice();
  for (let y = top; y < top + height; y++) {
    let p = (y * pixels.width + left) * 3;
    for (let x = 0; x < width; x++) {
      data[p++] = colour[0];
      data[p++] = colour[1];
      data[p++] = colour[2];
    }
  }
  return { ...pixels, data };
}
