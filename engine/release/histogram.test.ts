import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { Histogram } from "./histogram.ts";

const squaredError = (values: Float32Array, low: number, high: number): number => {
  const scale = (high - low) / 255;
  const zero = Math.round(-low / scale);
  return values.reduce((sum, x) => {
    const step = Math.min(Math.max(Math.round(x / scale) + zero, 0), 255);
    return sum + (x - (step - zero) * scale) ** 2;
  }, 0);
};

test("extremes are those of all elements, 0 included, in whatever pieces they come", () => {
  const floats = fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(floats, { minLength: 1 }), (pieces) => {
      const histogram = new Histogram();
      for (const piece of pieces) histogram.add(Float32Array.from(piece));
      const all = pieces.flat().map(Math.fround);
      expect(histogram.extremes.low).toBeCloseTo(Math.min(0, ...all));
      expect(histogram.extremes.high).toBeCloseTo(Math.max(0, ...all));
      const { low, high } = histogram.leastSquares();
      expect(low >= histogram.extremes.low && low <= 0).toBe(true);
      expect(high <= histogram.extremes.high && high >= 0).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("an outlier is cut off when that rounds the rest better", () => {
  const rng = new Rng(1);
  const values = new Float32Array(200_000).map(() => Math.max(rng.normal(), 0));
  values[0] = 8;
  const histogram = new Histogram();
  for (let i = 0; i < values.length; i += 1000) histogram.add(values.subarray(i, i + 1000));
  const { low, high } = histogram.leastSquares();
  expect(low).toBe(0);
  expect(high).toBeLessThan(7.9);
  expect(squaredError(values, low, high)).toBeLessThan(squaredError(values, 0, 8));
});

test("what is not finite is passed over", () => {
  const histogram = new Histogram();
  histogram.add(new Float32Array([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, -2]));
  expect(histogram.extremes).toEqual({ low: -2, high: 1 });
});
