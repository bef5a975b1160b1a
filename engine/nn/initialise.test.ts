import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { fanInUniform, heNormal, ones, zeros } from "./initialise.ts";

const moments = (data: Float32Array) => {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  return { mean, variance: data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length };
};

test("He: normal with variance 2 over the fan-out", () => {
  const { mean, variance } = moments(heNormal([64, 32, 3, 3], new Rng(1)));
  expect(mean).toBeCloseTo(0, 2);
  expect(variance / (2 / (64 * 9))).toBeCloseTo(1, 1);
});

test("uniform within one over the root of the fan-in", () => {
  const data = fanInUniform(25)([100, 100], new Rng(1));
  const { mean, variance } = moments(data);
  expect(mean).toBeCloseTo(0, 2);
  expect(variance).toBeCloseTo(0.2 ** 2 / 3, 3);
  expect(data.every((x) => Math.abs(x) <= 0.2)).toBe(true);
});

test("zeros and ones, of a shape or a scalar", () => {
  expect(zeros([2, 2], new Rng(1))).toEqual(new Float32Array(4));
  expect(ones([], new Rng(1))).toEqual(Float32Array.of(1));
});

test("the same seed draws the same numbers", () => {
  expect(heNormal([4, 4, 3, 3], new Rng(9))).toEqual(heNormal([4, 4, 3, 3], new Rng(9)));
  expect(heNormal([4, 4, 3, 3], new Rng(9))).not.toEqual(heNormal([4, 4, 3, 3], new Rng(8)));
});
