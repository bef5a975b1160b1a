import type { Rng } from "../../random.ts";
import { blank, type Pixels, type Rectangle } from "./pixels.ts";
import { resample } from "./resize.ts";

/** Ranges of a random resized crop (Szegedy et al. 2015, §6). */
export interface CropRange {
  /** Share of the picture's area that is kept. */
  readonly scale: readonly [number, number];
  /** Width / height of the part that is kept; drawn evenly on a logarithmic scale. */
  readonly ratio: readonly [number, number];
}

/** Draws the part of a width × height picture that is kept; at worst, where nothing fits, all of it. */
export function randomCrop(width: number, height: number, range: CropRange, rng: Rng): Rectangle {
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = width * height * rng.uniform(...range.scale);
    const ratio = Math.exp(rng.uniform(Math.log(range.ratio[0]), Math.log(range.ratio[1])));
    const crop = { width: Math.sqrt(area * ratio), height: Math.sqrt(area / ratio) };
    if (crop.width > width || crop.height > height) continue;
    return { ...crop, x: rng.uniform(0, width - crop.width), y: rng.uniform(0, height - crop.height) };
  }
  return { x: 0, y: 0, width, height };
}

/**
 * Cuts a rectangle out of a picture, turned by `angle` radians about its middle, and scales it to
 * size × size, mirrored if `flip`. What lies beyond the picture's edge repeats the edge.
 */
export function warp(pixels: Pixels, crop: Rectangle, angle: number, flip: boolean, size: number): Pixels {
  if (angle === 0) return resample(pixels, crop, size, size, flip);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  // The upright box around the turned crop is brought to the output's scale first, which filters
  // properly; turning then reads it point by point.
  const reach = {
    x: (crop.width * Math.abs(cos) + crop.height * Math.abs(sin)) / 2,
    y: (crop.width * Math.abs(sin) + crop.height * Math.abs(cos)) / 2,
  };
  const centre = { x: crop.x + crop.width / 2, y: crop.y + crop.height / 2 };
  const left = Math.max(0, centre.x - reach.x);
  const top = Math.max(0, centre.y - reach.y);
  const box = {
    x: left,
    y: top,
    width: Math.min(pixels.width, centre.x + reach.x) - left,
    height: Math.min(pixels.height, centre.y + reach.y) - top,
  };
  const width = Math.max(1, Math.round((box.width * size) / crop.width));
  const height = Math.max(1, Math.round((box.height * size) / crop.height));
  const upright = resample(pixels, box, width, height);

  // Output (x, y) → picture, by turning the offset from the middle → the upright box's pixels.
  const perX = { x: width / box.width, y: height / box.height };
  const stepX = { x: ((cos * crop.width) / size) * perX.x, y: ((sin * crop.width) / size) * perX.y };
  const stepY = { x: ((-sin * crop.height) / size) * perX.x, y: ((cos * crop.height) / size) * perX.y };
  const middle = { x: (centre.x - left) * perX.x, y: (centre.y - top) * perX.y };
  return sample(upright, middle, flip ? { x: -stepX.x, y: -stepX.y } : stepX, stepY, size);
}

interface Vector {
  readonly x: number;
  readonly y: number;
}

/** Reads a size × size picture out of another along an affine grid about `middle`, bilinearly. */
function sample(pixels: Pixels, middle: Vector, stepX: Vector, stepY: Vector, size: number): Pixels {
  const { width, height, data } = pixels;
  const result = blank(size, size);
  const output = result.data;
  const half = (size - 1) / 2;
  let q = 0;
  for (let row = 0; row < size; row++) {
    let u = middle.x - 0.5 - half * stepX.x + (row - half) * stepY.x;
    let v = middle.y - 0.5 - half * stepX.y + (row - half) * stepY.y;
    for (let column = 0; column < size; column++) {
      const x = Math.min(Math.max(u, 0), width - 1);
      const y = Math.min(Math.max(v, 0), height - 1);
      const x0 = x | 0;
      const y0 = y | 0;
      const right = ((x - x0) * 256) | 0;
      const lower = ((y - y0) * 256) | 0;
      const p = (y0 * width + x0) * 3;
      const next = x0 + 1 < width ? 3 : 0;
      const below = y0 + 1 < height ? width * 3 : 0;
      const a = (256 - right) * (256 - lower);
      const b = right * (256 - lower);
      const c = (256 - right) * lower;
      const d = right * lower;
      const r = p + next;
      const l = p + below;
      const o = l + next;
      output[q] = (data[p]! * a + data[r]! * b + data[l]! * c + data[o]! * d + 32768) >> 16;
      output[q + 1] =
        (data[p + 1]! * a + data[r + 1]! * b + data[l + 1]! * c + data[o + 1]! * d + 32768) >> 16;
      output[q + 2] =
        (data[p + 2]! * a + data[r + 2]! * b + data[l + 2]! * c + data[o + 2]! * d + 32768) >> 16;
      q += 3;
      u += stepX.x;
      v += stepX.y;
    }
  }
  return result;
}
