import type { Pixels } from "./pixels.ts";

/** Gaussian blur with standard deviation `sigma` in pixels; beyond the edge the edge is repeated. */
export function blur(pixels: Pixels, sigma: number): Pixels {
  if (sigma <= 0) return pixels;
  const { width, height } = pixels;
  const weights = gaussian(sigma);
  const rows = convolve(pixels.data, weights, height, width * 3, width, 3);
  return { width, height, data: convolve(rows, weights, width, 3, height, width * 3) };
}

/** Weights at distance 0, 1, 2, … up to 2.5 σ, scaled so that all taps together make 2^16. */
function gaussian(sigma: number): Int32Array {
  const radius = Math.ceil(2.5 * sigma);
  const shares = Array.from({ length: radius + 1 }, (_, x) => Math.exp((-x * x) / (2 * sigma * sigma)));
  const sum = shares.reduce((total, share, x) => total + (x === 0 ? share : 2 * share), 0);
  const weights = Int32Array.from(shares, (share) => Math.round((share / sum) * 65536));
  weights[0] = 65536 - 2 * weights.subarray(1).reduce((total, weight) => total + weight, 0);
  return weights;
}

/**
 * One pass of a symmetric filter: `lines` lines that begin `lineStep` bytes apart, each of `length`
 * pixels that lie `step` bytes apart.
 */
function convolve(
  input: Uint8Array,
  weights: Int32Array,
  lines: number,
  lineStep: number,
  length: number,
  step: number,
): Uint8Array {
  const output = new Uint8Array(input.length);
  const radius = weights.length - 1;
  const last = length - 1;
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    for (let i = 0; i < length; i++) {
      const at = start + i * step;
      let red = 32768 + input[at]! * weights[0]!;
      let green = 32768 + input[at + 1]! * weights[0]!;
      let blue = 32768 + input[at + 2]! * weights[0]!;
      for (let distance = 1; distance <= radius; distance++) {
        const before = start + Math.max(i - distance, 0) * step;
        const after = start + Math.min(i + distance, last) * step;
        const weight = weights[distance]!;
        red += (input[before]! + input[after]!) * weight;
        green += (input[before + 1]! + input[after + 1]!) * weight;
        blue += (input[before + 2]! + input[after + 2]!) * weight;
      }
      output[at] = red >> 16;
      output[at + 1] = green >> 16;
      output[at + 2] = blue >> 16;
    }
  }
  return output;
}
