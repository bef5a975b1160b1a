import { expect, test } from "vitest";
import { goldenInput, largestDifference } from "./golden.ts";
import type { PictureManifest } from "./manifest.ts";

const input: PictureManifest["input"] = {
  kind: "image",
  size: 32,
  fit: "squeeze",
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

test("the same seed gives the same picture, another seed another", () => {
  expect(goldenInput(1, input)).toEqual(goldenInput(1, input));
  expect(largestDifference(goldenInput(1, input), goldenInput(2, input))).toBeGreaterThan(0.1);
});

test("every value is a brightness within [0, 1] before it is normalised", () => {
  for (const seed of [0, 1, 2, 3, 4]) {
    const values = goldenInput(seed, input);
    expect(values).toHaveLength(3 * 32 * 32);
    values.forEach((value, i) => {
      const channel = Math.floor(i / (32 * 32));
      const brightness = value * input.std[channel]! + input.mean[channel]!;
      expect(brightness).toBeGreaterThanOrEqual(0);
      expect(brightness).toBeLessThanOrEqual(1);
    });
  }
});

test("neighbouring pixels are alike, as in a photograph", () => {
  const plain = goldenInput(7, { ...input, mean: [0, 0, 0], std: [1, 1, 1] });
  for (let x = 1; x < 32; x++) expect(Math.abs(plain[x]! - plain[x - 1]!)).toBeLessThan(0.3);
});

test("NaN and a wrong length never pass as close", () => {
  expect(largestDifference([1, 2], [1, 2.5])).toBe(0.5);
  expect(largestDifference([1, Number.NaN, 3], [1, 2, 3])).toBe(Infinity);
  expect(largestDifference([1], [1, 2])).toBe(Infinity);
});
