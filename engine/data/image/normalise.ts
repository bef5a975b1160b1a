import type { Pixels, Rectangle } from "./pixels.ts";
import { resample } from "./resize.ts";

/** What a network wants of a picture; a release's manifest carries the same record. */
export interface ImageInput {
  /** Side of the square that the network takes, in pixels. */
  readonly size: number;
  /**
   * "squeeze" scales both sides to the square, "crop" scales the short side and cuts the middle; "both" gives two
   * looks, one above the other: the whole, squeezed, and below it the middle, a little closer, in the mirror.
   */
  readonly fit: "squeeze" | "crop" | "both";
  /** Per channel, red green blue, of values in [0, 1]. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** How much of the short side the second look shows, as is usual where networks for ImageNet are measured. */
const CLOSER = 224 / 256;

/** The shape of one picture as a network's input: [3, height, width]. */
export const pictureDims = ({ size, fit }: Pick<ImageInput, "size" | "fit">): [number, number, number] => [
  3,
  fit === "both" ? 2 * size : size,
  size,
];

/**
 * A picture as a network's input: Float32 `pictureDims` with x = (byte / 255 − mean) / std.
 *
 * The one implementation: evaluation, server and browser all call it, so a picture gives the same
 * numbers everywhere.
 */
export function toTensor(pixels: Pixels, input: ImageInput): Float32Array {
  const { size, fit } = input;
  const look = (part: Rectangle, flip: boolean) => resample(pixels, part, size, size, flip).data;
  const looks =
    fit === "both"
      ? [look(whole(pixels), false), look(middle(pixels, CLOSER), true)]
      : [look(fitted(pixels, fit), false)];
  const bytes = new Uint8Array(looks.reduce((sum, { length }) => sum + length, 0));
  for (const [i, data] of looks.entries()) bytes.set(data, i * data.length);
  const tensor = new Float32Array(bytes.length);
  normalise(bytes, input, tensor);
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

type Extent = Pick<Pixels, "width" | "height">;

/** The part of a picture that becomes the square: of two looks, the first. */
export const fitted = (picture: Extent, fit: ImageInput["fit"]): Rectangle =>
  fit === "crop" ? middle(picture) : whole(picture);

const whole = ({ width, height }: Extent): Rectangle => ({ x: 0, y: 0, width, height });

function middle({ width, height }: Extent, share = 1): Rectangle {
  const side = share * Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}
