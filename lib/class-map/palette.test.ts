import { expect, test } from "vitest";
import { palette, type Rgb } from "./palette.ts";

/** Relative luminance (WCAG 2.2). */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

test("more heat is always lighter, so the order is seen without seeing colours", () => {
  const values = palette.map(luminance);
  for (let i = 8; i < values.length; i += 8) expect(values[i]!).toBeGreaterThan(values[i - 8]!);
  expect(values.at(-1)! / values[0]!).toBeGreaterThan(15);
});

test("blue gives way to yellow, which no common colour blindness confuses", () => {
  const blueness = ([r, g, b]: Rgb) => b - (r + g) / 2;
  expect(blueness(palette[0]!)).toBeGreaterThan(50);
  expect(blueness(palette[255]!)).toBeLessThan(-50);
});
