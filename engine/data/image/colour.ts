import type { Pixels } from "./pixels.ts";

/** A change of colour; 1, 1, 1 and 0 leave a picture as it is. */
export interface ColourChange {
  /** Factor on every value. */
  readonly brightness: number;
  /** Factor on the distance from the picture's mean luma. */
  readonly contrast: number;
  /** Factor on the distance from gray; 0 makes the picture gray. */
  readonly saturation: number;
  /** Turn about the gray axis, in parts of a full circle. */
  readonly hue: number;
}

/** Luma of ITU-R BT.601, what JPEG calls Y. */
const LUMA = [0.299, 0.587, 0.114] as const;

type Matrix = readonly (readonly number[])[];

/**
 * Brightness, contrast, saturation and hue in one pass: each is linear in RGB, so together they are
 * one 3 × 3 matrix and an offset.
 */
export function changeColour(pixels: Pixels, change: ColourChange): Pixels {
  const { brightness, contrast } = change;
  const [red, green, blue] = multiply(hueMatrix(change.hue), saturationMatrix(change.saturation)).map((row) =>
    row.map((value) => value * brightness * contrast),
  ) as [number[], number[], number[]];
  // Saturation and hue leave grays alone, so the offset of the contrast passes through them.
  const offset = meanLuma(pixels) * brightness * (1 - contrast);
  const [rr, rg, rb] = red as [number, number, number];
  const [gr, gg, gb] = green as [number, number, number];
  const [br, bg, bb] = blue as [number, number, number];
  const input = pixels.data;
  const output = new Uint8ClampedArray(input.length);
  for (let p = 0; p < input.length; p += 3) {
    const r = input[p]!;
    const g = input[p + 1]!;
    const b = input[p + 2]!;
    output[p] = rr * r + rg * g + rb * b + offset;
    output[p + 1] = gr * r + gg * g + gb * b + offset;
    output[p + 2] = br * r + bg * g + bb * b + offset;
  }
  return { ...pixels, data: new Uint8Array(output.buffer) };
}

/** x ↦ luma + saturation (x − luma). */
function saturationMatrix(saturation: number): Matrix {
  return [0, 1, 2].map((row) =>
    LUMA.map((weight, column) => weight * (1 - saturation) + (row === column ? saturation : 0)),
  );
}

/** Rodrigues' rotation about the axis (1, 1, 1) / √3. */
function hueMatrix(turns: number): Matrix {
  const cos = Math.cos(2 * Math.PI * turns);
  const sin = Math.sin(2 * Math.PI * turns) / Math.sqrt(3);
  const even = (1 - cos) / 3;
  return [
    [cos + even, even - sin, even + sin],
    [even + sin, cos + even, even - sin],
    [even - sin, even + sin, cos + even],
  ];
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    [0, 1, 2].map((column) => row.reduce((sum, value, k) => sum + value * b[k]![column]!, 0)),
  );
}

/** Mean luma, 0 … 255. */
function meanLuma({ data }: Pixels): number {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let p = 0; p < data.length; p += 3) {
    red += data[p]!;
    green += data[p + 1]!;
    blue += data[p + 2]!;
  }
  return ((LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue) * 3) / data.length;
}
