import fc from "fast-check";
import { expect, test } from "vitest";
import { upsample } from "./upsample.ts";

test("the middles of coarse places keep their values", () => {
  const field = { values: Float32Array.of(0, 0.25, 1, 0.5, 0.75, 0.125), width: 3, height: 2 };
  const fine = upsample(field, 15, 10);
  for (let y = 0; y < 2; y++) {
    for (let x = 0; x < 3; x++) {
      expect(fine.values[(y * 5 + 2) * 15 + x * 5 + 2]).toBeCloseTo(field.values[y * 3 + x]!, 6);
    }
  }
});

test("an even field stays even, and nothing leaves [0, 1]", () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }),
      (values) => {
        const fine = upsample({ values: Float32Array.from(values), width: 4, height: 3 }, 17, 9);
        expect(fine.values.every((value) => value >= 0 && value <= 1)).toBe(true);
      },
    ),
  );
  const even = upsample({ values: new Float32Array(12).fill(0.375), width: 4, height: 3 }, 9, 9);
  for (const value of even.values) expect(value).toBeCloseTo(0.375, 6);
});

test("a ramp stays a ramp between the middles", () => {
  const fine = upsample({ values: Float32Array.of(0, 0.2, 0.4, 0.6), width: 4, height: 1 }, 40, 1);
  for (let x = 15; x < 25; x++) expect(fine.values[x]).toBeCloseTo(((x + 0.5) / 10 - 0.5) * 0.2, 5);
});
