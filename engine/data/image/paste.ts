import type { Rng } from "../../random.ts";
import type { Pixels } from "./pixels.ts";
import { resample } from "./resize.ts";
import { randomCrop } from "./warp.ts";

/** How an object is placed on its new background. */
export interface PasteRange {
  /** The object's longer side as a share of the new picture's side. */
  readonly size: readonly [number, number];
  /** Share of the background picture's area that is shown. */
  readonly backgroundScale: readonly [number, number];
}

/** A pixel is near white when its darkest channel is at least this. */
const NEAR_WHITE = 236;
/** A picture is "on white" when at least this share of its border is near white. */
const WHITE_BORDER = 0.9;

/** Whether a picture shows something on a white ground, as shops and catalogues do. */
export function isOnWhite({ width, height, data }: Pixels): boolean {
  let white = 0;
  let count = 0;
  const look = (x: number, y: number) => {
    count++;
    if (isNearWhite(data, (y * width + x) * 3)) white++;
  };
  for (let x = 0; x < width; x++) {
    look(x, 0);
    look(x, height - 1);
  }
  for (let y = 0; y < height; y++) {
    look(0, y);
    look(width - 1, y);
  }
  return white >= WHITE_BORDER * count;
}

/**
 * Moves the object of a picture on white into another scene: the white that is connected to the border
 * becomes transparent, and the object, scaled and placed at random, lies on a crop of `background`.
 * Returns the picture as it is where next to nothing or nearly everything is white ground.
 *
 * After Dwibedi et al. 2017, "Cut, Paste and Learn", without the segmentation network.
 */
export function pasteOnto(pixels: Pixels, background: Pixels, range: PasteRange, rng: Rng): Pixels {
  const { width, height } = pixels;
  const crop = randomCrop(
    background.width,
    background.height,
    { scale: range.backgroundScale, ratio: [0.8, 1.25] },
    rng,
  );
  const share = rng.uniform(...range.size);
  const [placeX, placeY] = [rng.uniform(), rng.uniform()];
  const opacity = objectOpacity(pixels);
  const object = bounds(opacity, width, height);
  if (!object) return pixels;

  const result = resample(background, crop, width, height, rng.chance(0.5));
  const scale = (share * Math.min(width, height)) / Math.max(object.width, object.height);
  const target = { width: object.width * scale, height: object.height * scale };
  const left = placeX * (width - target.width);
  const top = placeY * (height - target.height);
  const toSource = (at: number, start: number, from: number) => from + (at + 0.5 - start) / scale - 0.5;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(top + target.height)); y++) {
    const v = toSource(y, top, object.y);
    if (v < 0 || v > height - 1) continue;
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, Math.ceil(left + target.width)); x++) {
      const u = toSource(x, left, object.x);
      if (u < 0 || u > width - 1) continue;
      blend(pixels, opacity, u, v, result.data, (y * width + x) * 3);
    }
  }
  return result;
}

/** Lays the object's colour at (u, v), bilinear and weighted by opacity, over the pixel at `q`. */
function blend(
  { width, height, data }: Pixels,
  opacity: Uint8Array,
  u: number,
  v: number,
  output: Uint8Array,
  q: number,
): void {
  const x = u | 0;
  const y = v | 0;
  const right = u - x;
  const lower = v - y;
  let cover = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let corner = 0; corner < 4; corner++) {
    const column = Math.min(x + (corner & 1), width - 1);
    const row = Math.min(y + (corner >> 1), height - 1);
    const near = (corner & 1 ? right : 1 - right) * (corner >> 1 ? lower : 1 - lower);
    const i = row * width + column;
    const weight = (near * opacity[i]!) / 255;
    cover += weight;
    red += weight * data[i * 3]!;
    green += weight * data[i * 3 + 1]!;
    blue += weight * data[i * 3 + 2]!;
  }
  output[q] = red + (1 - cover) * output[q]! + 0.5;
  output[q + 1] = green + (1 - cover) * output[q + 1]! + 0.5;
  output[q + 2] = blue + (1 - cover) * output[q + 2]! + 0.5;
}

/** 0 for the white ground, 255 for the object, in between along its outline. */
function objectOpacity(pixels: Pixels): Uint8Array {
  const { width, height } = pixels;
  const ground = whiteGround(pixels);
  // The outermost pixels of the object are mixed with white: a 3 × 3 vote fades them out.
  const opacity = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (ground[i]) continue;
      let object = 0;
      for (let dy = -1; dy <= 1; dy++) {
        const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
        for (let dx = -1; dx <= 1; dx++) {
          object += 1 - ground[row + Math.min(width - 1, Math.max(0, x + dx))]!;
        }
      }
      opacity[i] = object >= 8 ? 255 : Math.max(0, (object - 2) * 42);
    }
  }
  return opacity;
}

/** 1 where near-white pixels hang together with the border, found by a flood from there. */
function whiteGround({ width, height, data }: Pixels): Uint8Array {
  const ground = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  let depth = 0;
  const visit = (i: number) => {
    if (ground[i] || !isNearWhite(data, i * 3)) return;
    ground[i] = 1;
    stack[depth++] = i;
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width);
    visit(y * width + width - 1);
  }
  while (depth > 0) {
    const i = stack[--depth]!;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < (height - 1) * width) visit(i + width);
  }
  return ground;
}

/** The box around the object, unless it covers under 3 % or over 95 % of the picture. */
function bounds(opacity: Uint8Array, width: number, height: number) {
  let [left, top, right, bottom, area] = [width, height, 0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (opacity[y * width + x]! < 128) continue;
      area++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  const share = area / (width * height);
  if (share < 0.03 || share > 0.95) return undefined;
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function isNearWhite(data: Uint8Array, p: number): boolean {
  return data[p]! >= NEAR_WHITE && data[p + 1]! >= NEAR_WHITE && data[p + 2]! >= NEAR_WHITE;
}
