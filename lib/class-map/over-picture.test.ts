import { expect, test } from "vitest";
import { overPicture } from "./over-picture.ts";

const corner = { values: Float32Array.of(1, 0, 0, 0), width: 2, height: 2 };

test("a squeezed picture is covered whole, in its proportions", () => {
  const { values, width, height } = overPicture(corner, { width: 4000, height: 2000 }, "squeeze");
  expect([width, height]).toEqual([240, 120]);
  expect(values[0]).toBeCloseTo(1, 1);
  expect(values[width * height - 1]).toBeCloseTo(0, 1);
});

test("of a cropped picture only the middle square was seen", () => {
  const { values, width } = overPicture(corner, { width: 4000, height: 2000 }, "crop");
  expect(values[59]).toBe(0); // left of the square
  expect(values[60]).toBeCloseTo(1, 1);
  expect(values[width - 1]).toBe(0);
});

test("a picture of one row of pixels still has nine parts", () => {
  expect(overPicture(corner, { width: 5000, height: 1 }, "squeeze").height).toBe(3);
});
