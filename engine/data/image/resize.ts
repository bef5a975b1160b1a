import { blank, type Pixels, type Rectangle } from "./pixels.ts";

/**
 * Bits after the point of a weight. A sum of weighted bytes stays below 2^8 · 2^22 = 2^30, so plain
 * 32-bit integers do, and every machine gets the same bytes.
 */
const PRECISION = 22;
const HALF = 1 << (PRECISION - 1);

/**
 * Shrinking more than this is done by averaging whole blocks first and filtering what remains; the
 * triangle still spans three blocks or more, so the difference is below what an eye or a network sees.
 */
const FILTERED_SHRINK = 3;

/** Which input pixels make each output pixel along one axis, and how much each counts. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** Row o holds the weights of output o, scaled by 2^22; `stride` numbers a row. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * Scales a rectangle of a picture to `width` × `height`, mirrored left to right if `flip`.
 *
 * Separable triangle filter whose support grows with the shrink, so that shrinking does not alias and
 * enlarging is bilinear: what Pillow calls BILINEAR with a box. Pixels just outside the rectangle take
 * part where the picture has them. Whole-number arithmetic, the same bytes in Node and in browsers.
 */
export function resample(
  pixels: Pixels,
  rectangle: Rectangle,
  width: number,
  height: number,
  flip = false,
): Pixels {
  const blockWidth = Math.max(1, Math.floor(rectangle.width / width / FILTERED_SHRINK));
  const blockHeight = Math.max(1, Math.floor(rectangle.height / height / FILTERED_SHRINK));
  if (blockWidth > 1 || blockHeight > 1) {
    const left = Math.floor(rectangle.x);
    const top = Math.floor(rectangle.y);
    const source = averageBlocks(pixels, rectangle, blockWidth, blockHeight);
    const scaled = {
      x: (rectangle.x - left) / blockWidth,
      y: (rectangle.y - top) / blockHeight,
      width: rectangle.width / blockWidth,
      height: rectangle.height / blockHeight,
    };
    return filter(source, scaled, width, height, flip);
  }
  return filter(pixels, rectangle, width, height, flip);
}

function filter(pixels: Pixels, rectangle: Rectangle, width: number, height: number, flip: boolean): Pixels {
  const across = taps(pixels.width, rectangle.x, rectangle.width, width);
  const down = taps(pixels.height, rectangle.y, rectangle.height, height);
  const top = down.first[0]!;
  const bottom = down.first[height - 1]! + down.count[height - 1]!;
  const rows = filterRows(pixels, across, top, bottom, width, flip);
  return filterColumns(rows, down, top, width, height);
}

/** The triangle filter's taps for `outputs` pixels spread over [start, start + extent) of `inputs`. */
function taps(inputs: number, start: number, extent: number, outputs: number): Taps {
  const scale = extent / outputs;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(outputs);
  const count = new Int32Array(outputs);
  const weights = new Int32Array(outputs * stride);
  const shares = new Float64Array(stride);
  for (let o = 0; o < outputs; o++) {
    const centre = start + (o + 0.5) * scale;
    const from = Math.max(0, Math.floor(centre - support + 0.5));
    const to = Math.min(inputs, Math.floor(centre + support + 0.5));
    let sum = 0;
    for (let i = from; i < to; i++) {
      const share = Math.max(0, 1 - Math.abs(i + 0.5 - centre) / support);
      shares[i - from] = share;
      sum += share;
    }
    first[o] = from;
    count[o] = to - from;
    for (let i = 0; i < to - from; i++) {
      weights[o * stride + i] = Math.floor((shares[i]! / sum) * 2 ** PRECISION + 0.5);
    }
  }
  return { first, count, weights, stride };
}

/** Filters rows [top, bottom) along the width. */
function filterRows(
  pixels: Pixels,
  { first, count, weights, stride }: Taps,
  top: number,
  bottom: number,
  width: number,
  flip: boolean,
): Uint8Array {
  const input = pixels.data;
  const output = new Uint8Array((bottom - top) * width * 3);
  for (let y = top; y < bottom; y++) {
    const row = y * pixels.width * 3;
    const target = (y - top) * width * 3;
    for (let x = 0; x < width; x++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let p = row + first[x]! * 3;
      const begin = x * stride;
      const end = begin + count[x]!;
      for (let k = begin; k < end; k++) {
        const weight = weights[k]!;
        red = (red + Math.imul(input[p]!, weight)) | 0;
        green = (green + Math.imul(input[p + 1]!, weight)) | 0;
        blue = (blue + Math.imul(input[p + 2]!, weight)) | 0;
        p += 3;
      }
      const q = target + (flip ? width - 1 - x : x) * 3;
      output[q] = red >> PRECISION;
      output[q + 1] = green >> PRECISION;
      output[q + 2] = blue >> PRECISION;
    }
  }
  return output;
}

/** Filters along the height; `rows` begins with input row `top`. */
function filterColumns(
  rows: Uint8Array,
  { first, count, weights, stride }: Taps,
  top: number,
  width: number,
  height: number,
): Pixels {
  const result = blank(width, height);
  const output = result.data;
  const line = width * 3;
  for (let y = 0; y < height; y++) {
    const begin = y * stride;
    const end = begin + count[y]!;
    const from = (first[y]! - top) * line;
    const target = y * line;
    for (let x = 0; x < line; x++) {
      let sum = HALF;
      let p = from + x;
      for (let k = begin; k < end; k++) {
        sum = (sum + Math.imul(rows[p]!, weights[k]!)) | 0;
        p += line;
      }
      output[target + x] = sum >> PRECISION;
    }
  }
  return result;
}

/** Averages blocks of pixels from the rectangle's corner on; blocks at the far edges may be cut. */
function averageBlocks(
  pixels: Pixels,
  rectangle: Rectangle,
  blockWidth: number,
  blockHeight: number,
): Pixels {
  const left = Math.floor(rectangle.x);
  const top = Math.floor(rectangle.y);
  const right = Math.min(pixels.width, Math.ceil(rectangle.x + rectangle.width));
  const bottom = Math.min(pixels.height, Math.ceil(rectangle.y + rectangle.height));
  const result = blank(Math.ceil((right - left) / blockWidth), Math.ceil((bottom - top) / blockHeight));
  const input = pixels.data;
  const output = result.data;
  let q = 0;
  for (let y = top; y < bottom; y += blockHeight) {
    const lastRow = Math.min(bottom, y + blockHeight);
    for (let x = left; x < right; x += blockWidth) {
      const columns = Math.min(right, x + blockWidth) - x;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = y; row < lastRow; row++) {
        let p = (row * pixels.width + x) * 3;
        for (const end = p + columns * 3; p < end; p += 3) {
          red += input[p]!;
          green += input[p + 1]!;
          blue += input[p + 2]!;
        }
      }
      const area = columns * (lastRow - y);
      output[q] = (red + area / 2) / area;
      output[q + 1] = (green + area / 2) / area;
      output[q + 2] = (blue + area / 2) / area;
      q += 3;
    }
  }
  return result;
}
