import { expect } from "vitest";
import type { Array64 } from "./array.ts";

/**
 * Expects the same shape, and elements that differ by no more than `tolerance` times the largest element
 * that is expected (or 1, if that is larger).
 */
export function expectClose(actual: Array64, expected: Array64, tolerance: number, what = ""): void {
  expect(actual.shape, `shape of ${what}`).toEqual(expected.shape);
  const largest = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  for (const [i, x] of expected.data.entries()) {
    const y = actual.data[i]!;
    if (!(Math.abs(x - y) <= tolerance * largest))
      expect.fail(`${what} [${expected.shape}], element ${i}: ${y}, expected ${x} ± ${tolerance * largest}`);
  }
}
