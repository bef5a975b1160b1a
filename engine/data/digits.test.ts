import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { drawDigits } from "./digits.ts";

test("a digit depends on the generator and its number, not on how many are drawn", () => {
  const few = drawDigits(12, new Rng(1));
  const more = drawDigits(20, new Rng(1));
  expect(few.shape).toEqual([1, 28, 28]);
  expect([...few.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  expect(few.inputs).toEqual(more.inputs.slice(0, 12 * 784));
  expect(few.inputs).not.toEqual(drawDigits(12, new Rng(2)).inputs);
  expect(few.inputs.slice(0, 784)).not.toEqual(few.inputs.slice(10 * 784, 11 * 784));
});

test("there is ink within the paper and none at its edge", () => {
  const { inputs } = drawDigits(200, new Rng(3));
  for (let i = 0; i < 200; i++) {
    const picture = inputs.subarray(i * 784, (i + 1) * 784);
    const ink = picture.filter((value) => value > 0.5).length;
    expect(ink).toBeGreaterThan(10);
    expect(ink).toBeLessThan(250);
    expect(picture.subarray(0, 28).every((value) => Math.abs(value) < 0.5)).toBe(true);
  }
});
