import type { Rng } from "../../random.ts";
import { blur } from "./blur.ts";
import type { Pixels } from "./pixels.ts";
import { resample } from "./resize.ts";
import { randomCrop } from "./warp.ts";

/** How an object is placed on its new background. */
export interface PasteRange {
  /** The object's longer side as a share of the new picture's side. */
  readonly size: readonly [number, number];
  /** Share of the background picture's area that is shown: small, so that its own subject is not. */
  readonly backgroundScale: readonly [number, number];
  /** Standard deviation in pixels by which the background is out of focus. */
  readonly backgroundBlur: readonly [number, number];
}

/** A pixel is near white when its darkest channel is at least this. */
const NEAR_WHITE = 236;
/** White enclosed by the object, as between a harp's strings, is ground when it is this white … */
const CLEAR_WHITE = 250;
/** … and hangs together over this share of the picture; smaller patches are highlights. */
const CLEAR_AREA = 0.003;
/** Pixels of the outline fade from opaque at this brightness of the darkest channel to clear at near white. */
const OUTLINE_DARK = 150;
/** A picture is "on white" when at least this share of its border is near white. */
const WHITE_BORDER = 0.9;

/** Whether a picture shows something on a white ground, as shops and catalogues do. */
export function isOnWhite({ width, height, data }: Pixels): boolean {
  let white = 0;
  let count = 0;
  const look = (x: number, y: number) => {
    count++;
    if (darkest(data, (y * width + x) * 3) >= NEAR_WHITE) white++;
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
 * Moves the object of a picture on white into another scene: the white ground becomes transparent, and
 * the object, scaled and placed at random, lies on a crop of `background` that is out of focus.
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

  const sharp = resample(background, crop, width, height, rng.chance(0.5));
  const result = blur(sharp, rng.uniform(...range.backgroundBlur));
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

/** 0 for the white ground, 255 for the object, in between where the outline is mixed with white. */
function objectOpacity({ width, height, data }: Pixels): Uint8Array {
  const ground = whiteGround({ width, height, data });
  const opacity = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (ground[i]) continue;
      const touches =
        (x > 0 && ground[i - 1]) ||
        (x < width - 1 && ground[i + 1]) ||
        (y > 0 && ground[i - width]) ||
        (y < height - 1 && ground[i + width]);
      const fade = (NEAR_WHITE - darkest(data, i * 3)) / (NEAR_WHITE - OUTLINE_DARK);
      opacity[i] = touches ? 255 * Math.min(1, Math.max(0, fade)) : 255;
    }
  }
  return opacity;
}

/** 1 where near-white pixels hang together with the border or with a large clear patch. */
function whiteGround({ width, height, data }: Pixels): Uint8Array {
  const area = width * height;
  const ground = new Uint8Array(area);
  const queue = new Int32Array(area);
  let end = 0;
  const visit = (i: number, white: number) => {
    if (ground[i] || darkest(data, i * 3) < white) return;
    ground[i] = 1;
    queue[end++] = i;
  };
  const flood = (from: number, white: number) => {
    for (let next = from; next < end; next++) {
      const i = queue[next]!;
      const x = i % width;
      if (x > 0) visit(i - 1, white);
      if (x < width - 1) visit(i + 1, white);
      if (i >= width) visit(i - width, white);
      if (i < area - width) visit(i + width, white);
    }
  };
  for (let x = 0; x < width; x++) {
    visit(x, NEAR_WHITE);
    visit(area - width + x, NEAR_WHITE);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width, NEAR_WHITE);
    visit(y * width + width - 1, NEAR_WHITE);
  }
  flood(0, NEAR_WHITE);

  const small: number[] = [];
  for (let i = 0; i < area; i++) {
    const start = end;
    visit(i, CLEAR_WHITE);
    if (end === start) continue;
    flood(start, CLEAR_WHITE);
    if (end - start >= CLEAR_AREA * area) flood(start, NEAR_WHITE);
    else for (let k = start; k < end; k++) small.push(queue[k]!);
  }
  for (const i of small) ground[i] = 0;
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

function darkest(data: Uint8Array, p: number): number {
  return Math.min(data[p]!, data[p + 1]!, data[p + 2]!);
}
