import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { Rng } from "../../random.ts";
import { blank, type Pixels, type Rectangle, whole } from "./pixels.ts";
import { resample } from "./resize.ts";

function noise(width: number, height: number, seed: number): Pixels {
  const rng = new Rng(seed);
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => rng.integer(256)) };
}

/** Smooth, as photographs are at the scale of a few pixels. */
function waves(width: number, height: number): Pixels {
  const pixels = blank(width, height);
  for (let i = 0; i < pixels.data.length; i++) {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    pixels.data[i] = 128 + 60 * Math.sin((x / width) * 9 + (i % 3)) + 60 * Math.cos((y / height) * 7);
  }
  return pixels;
}

/** The same filter by its definition: both axes at once, in floating point. */
function naive(pixels: Pixels, { x, y, width, height }: Rectangle, outWidth: number, outHeight: number) {
  const share = (distance: number, scale: number) => Math.max(0, 1 - Math.abs(distance) / Math.max(1, scale));
  const output: number[] = [];
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++) {
      const u = x + ((column + 0.5) * width) / outWidth;
      const v = y + ((row + 0.5) * height) / outHeight;
      const sums = [0, 0, 0];
      let total = 0;
      for (let j = 0; j < pixels.height; j++) {
        for (let i = 0; i < pixels.width; i++) {
          const weight = share(i + 0.5 - u, width / outWidth) * share(j + 0.5 - v, height / outHeight);
          total += weight;
          for (let c = 0; c < 3; c++) sums[c]! += weight * pixels.data[(j * pixels.width + i) * 3 + c]!;
        }
      }
      output.push(...sums.map((sum) => sum / total));
    }
  }
  return output;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

const side = fc.integer({ min: 1, max: 14 });

test("agrees with the definition on random rectangles, to rounding", () => {
  const fraction = fc.double({ min: 0, max: 0.45, noNaN: true });
  fc.assert(
    fc.property(side, side, side, side, fraction, fraction, fc.nat(), (w, h, outW, outH, fx, fy, seed) => {
      const pixels = noise(w, h, seed);
      const box = { x: fx * w, y: fy * h, width: w * (1 - 2 * fx), height: h * (1 - 2 * fy) };
      fc.pre(box.width / outW < 6 && box.height / outH < 6);
      // Each of the two passes rounds to bytes.
      expect(
        largestDifference(resample(pixels, box, outW, outH).data, naive(pixels, box, outW, outH)),
      ).toBeLessThan(1.01);
    }),
    { numRuns: 200 },
  );
});

test("strong shrinking by blocks stays within three levels of the definition", () => {
  const pixels = waves(240, 180);
  const box = { x: 3.3, y: 1.7, width: 231.5, height: 176.2 };
  expect(largestDifference(resample(pixels, box, 8, 10).data, naive(pixels, box, 8, 10))).toBeLessThan(3);
});

test("the same size gives the same bytes, mirrored if asked, and mirroring twice undoes it", () => {
  const pixels = noise(31, 17, 5);
  expect(resample(pixels, whole(pixels), 31, 17)).toEqual(pixels);
  const mirrored = resample(pixels, whole(pixels), 31, 17, true);
  expect(mirrored.data.subarray(0, 3)).toEqual(pixels.data.subarray(30 * 3, 31 * 3));
  expect(resample(mirrored, whole(mirrored), 31, 17, true)).toEqual(pixels);
});

test("a flat colour stays exactly what it is at any size", () => {
  fc.assert(
    fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (w, h, outW, outH, value) => {
      const flat = { width: w, height: h, data: new Uint8Array(w * h * 3).fill(value) };
      expect(resample(flat, whole(flat), outW, outH).data.every((byte) => byte === value)).toBe(true);
    }),
  );
});

test("is close to what libvips makes of a smooth picture", async () => {
  const pixels = waves(192, 144);
  const raw = { width: 192, height: 144, channels: 3 } as const;
  const theirs = await sharp(pixels.data, { raw }).resize(96, 72, { kernel: "linear" }).raw().toBuffer();
  expect(largestDifference(resample(pixels, whole(pixels), 96, 72).data, theirs)).toBeLessThanOrEqual(3);
});

test("the bytes are the same on every machine", () => {
  const { data } = resample(noise(50, 40, 1), { x: 2.5, y: 3.25, width: 41, height: 30 }, 20, 24);
  const checksum = data.reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 0);
  expect(checksum).toBe(877952398);
});
