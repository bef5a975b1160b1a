import type { Rng } from "../random.ts";
import type { Examples } from "./examples.ts";

/** The side of a picture in pixels, as in MNIST (LeCun et al. 1998), and of the box that a digit fills. */
const SIDE = 28;
const BOX = 20;

/** How each digit is written: strokes through points, in percent of the box from its top left corner. */
const STROKES: readonly (readonly string[])[] = [
  ["50,8 33,14 25,32 24,62 34,86 50,92 66,86 76,62 75,32 67,14 50,8"],
  ["34,26 55,8 55,92"],
  ["25,30 34,13 52,8 71,18 73,37 52,61 24,92 78,92"],
  ["27,15 50,8 69,18 68,37 45,48 71,58 76,76 56,91 26,85"],
  ["63,92 63,8 21,66 81,66"],
  ["73,8 32,8 29,45 54,41 75,55 73,78 52,92 26,84"],
  ["67,8 42,24 27,52 29,79 49,92 71,80 70,58 51,49 31,62"],
  ["23,8 77,8 42,92"],
  ["50,47 30,34 34,14 50,8 66,14 70,34 50,47 28,65 31,84 50,92 69,84 72,65 50,47"],
  ["71,38 55,51 34,45 27,28 39,12 58,8 71,21 71,38 66,66 50,92"],
];

type Point = readonly [x: number, y: number];

const GLYPHS: readonly (readonly Point[])[][] = STROKES.map((strokes) =>
  strokes.map((stroke) =>
    stroke.split(" ").map((point): Point => {
      const [x, y] = point.split(",").map((percent) => Number(percent) / 100);
      return [x!, y!];
    }),
  ),
);

/**
 * Digits as a hand might draw them, for examples and tests that need data and have none: turned, slanted,
 * stretched, moved, with trembling strokes of some thickness, on noise. Values around 0 (paper) and 1 (ink);
 * example i shows the digit i modulo 10 and depends on `rng` and i alone.
 */
export function drawDigits(count: number, rng: Rng): Examples {
  const inputs = new Float32Array(count * SIDE * SIDE);
  for (let i = 0; i < count; i++) {
    draw(GLYPHS[i % 10]!, inputs.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE), rng.fork(i));
  }
  return { inputs, shape: [1, SIDE, SIDE], labels: Int32Array.from({ length: count }, (_, i) => i % 10) };
}

function draw(glyph: readonly (readonly Point[])[], picture: Float32Array, rng: Rng): void {
  const place = handwriting(rng);
  const radius = rng.uniform(0.6, 1.5);
  const ink = rng.uniform(0.7, 1);
  for (const stroke of glyph) {
    const points = stroke.map(place);
    for (let i = 1; i < points.length; i++) drawLine(picture, points[i - 1]!, points[i]!, radius, ink);
  }
  for (let i = 0; i < picture.length; i++) picture[i]! += 0.08 * rng.normal();
}

/** From a point of the box to pixels, by one affine map for the digit and a tremble for the point. */
function handwriting(rng: Rng): (point: Point) => Point {
  const angle = rng.uniform(-0.25, 0.25);
  const slant = rng.uniform(-0.3, 0.3);
  const [width, height] = [rng.uniform(0.7, 1.1) * BOX, rng.uniform(0.8, 1.1) * BOX];
  const [right, down] = [rng.uniform(-2, 2), rng.uniform(-2, 2)];
  return ([x, y]) => {
    const v = (y - 0.5) * height + 0.4 * rng.normal();
    const u = (x - 0.5) * width - slant * v + 0.4 * rng.normal();
    return [
      SIDE / 2 + right + u * Math.cos(angle) - v * Math.sin(angle),
      SIDE / 2 + down + u * Math.sin(angle) + v * Math.cos(angle),
    ];
  };
}

/** Inks the pixels whose centres are within `radius` of the line from a to b, with an edge one pixel soft. */
function drawLine(
  picture: Float32Array,
  [ax, ay]: Point,
  [bx, by]: Point,
  radius: number,
  ink: number,
): void {
  const reach = radius + 1;
  const [left, right] = [
    clamp(Math.floor(Math.min(ax, bx) - reach)),
    clamp(Math.ceil(Math.max(ax, bx) + reach)),
  ];
  const [top, bottom] = [
    clamp(Math.floor(Math.min(ay, by) - reach)),
    clamp(Math.ceil(Math.max(ay, by) + reach)),
  ];
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const [u, v] = [x + 0.5 - ax, y + 0.5 - ay];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (u * (bx - ax) + v * (by - ay)) / length));
      const distance = Math.hypot(u - along * (bx - ax), v - along * (by - ay));
      const value = ink * Math.min(1, Math.max(0, radius + 0.5 - distance));
      if (value > picture[y * SIDE + x]!) picture[y * SIDE + x] = value;
    }
  }
}

const clamp = (pixel: number): number => Math.min(SIDE, Math.max(0, pixel));
