import { expect, test } from "vitest";
import { whereabouts } from "./region.ts";

/** A field of 30 × 30 that is 1 within a rectangle (in thirds of the picture) and `elsewhere` outside it. */
function field(x0: number, y0: number, x1: number, y1: number, elsewhere = 0) {
  const values = new Float32Array(900).fill(elsewhere);
  for (let y = y0 * 10; y < y1 * 10; y++) for (let x = x0 * 10; x < x1 * 10; x++) values[y * 30 + x] = 1;
  return { values, width: 30, height: 30 };
}

test("one part, two parts, and how much of the picture they cover", () => {
  expect(whereabouts(field(0, 0, 1, 1))).toEqual({ mostly: ["upperLeft"], covers: 1 / 9 });
  expect(whereabouts(field(2, 1, 3, 3))).toEqual({ mostly: ["right", "lowerRight"], covers: 2 / 9 });
  expect(whereabouts(field(1, 1, 2, 2, 0.4)).mostly).toEqual(["centre"]); // what is weak doesn't count
});

test("evidence everywhere has no place", () => {
  expect(whereabouts(field(0, 0, 3, 3))).toEqual({ mostly: [], covers: 1 });
});

test("no evidence covers nothing", () => {
  expect(whereabouts(field(0, 0, 0, 0))).toEqual({ mostly: [], covers: 0 });
});
