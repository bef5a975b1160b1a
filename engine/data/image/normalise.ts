import type { Pixels, Rectangle } from "./pixels.ts";
import { resample } from "./resize.ts";

/** What a network wants of a picture; a release's manifest carries the same record. */
export interface ImageInput {
  /** Side of the square that the network takes, in pixels. */
  readonly size: number;
  /** "squeeze" scales both sides to the square, "crop" scales the short side and cuts the middle. */
  readonly fit: "squeeze" | "crop";
  /** Per channel, red green blue, of values in [0, 1]. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/**
 * A picture as a network's input: Float32 [3, size, size] with x = (byte / 255 − mean) / std.
 *
 * The one implementation: evaluation, server and browser all call it, so a picture gives the same
 * numbers everywhere. `flip` mirrors it, for averaging over both.
 */
export function toTensor(pixels: Pixels, input: ImageInput, flip = false): Float32Array {
  const { size } = input;
  const tensor = new Float32Array(3 * size * size);
  const scaled = resample(pixels, fitted(pixels, input.fit), size, size, flip);
  normalise(scaled.data, input, tensor);
  return tensor;
}

/** Writes interleaved bytes as planes, normalised: [P, 3] → Float32 [3, P]. */
export function normalise(
  data: Uint8Array,
  { mean, std }: Pick<ImageInput, "mean" | "std">,
  tensor: Float32Array,
): void {
  const plane = data.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    // 256 values are all there are: a table is exact and saves the arithmetic.
    const table = Float32Array.from(
      { length: 256 },
      (_, byte) => (byte / 255 - mean[channel]!) / std[channel]!,
    );
    const start = channel * plane;
    for (let i = 0, p = channel; i < plane; i++, p += 3) tensor[start + i] = table[data[p]!]!;
  }
}

/** The part of a picture that becomes the square. */
export function fitted(
  { width, height }: Pick<Pixels, "width" | "height">,
  fit: ImageInput["fit"],
): Rectangle {
  if (fit === "squeeze") return { x: 0, y: 0, width, height };
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}
