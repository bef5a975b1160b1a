import { expect, test } from "vitest";
import { BANDS, type Slices } from "./slices.ts";
import { WordEnd } from "./word-end.ts";

const slices = (swings: readonly number[]): Slices => ({
  count: swings.length,
  low: Float32Array.from(swings, (swing) => -swing / 2),
  high: Float32Array.from(swings, (swing) => swing / 2),
  bands: new Uint8Array(swings.length * BANDS),
});
const times = (count: number, swing: number) => new Array<number>(count).fill(swing);

test("a word ended where it faded, not where it was recognised", () => {
  const end = new WordEnd();
  end.push(slices([...times(100, 0.01), ...times(50, 0.8)]));
  end.push(slices(times(30, 0.01)));
  expect(end.before(1.8)).toBeCloseTo(1.5, 6);
  expect(end.before(1.3)).toBeCloseTo(1.3, 6); // still being spoken
});

test("long streams and empty ones give times within them", () => {
  const end = new WordEnd();
  expect(end.before(0.1)).toBeLessThanOrEqual(0.1);
  for (let i = 0; i < 100; i++) end.push(slices(times(10, i === 97 ? 0.5 : 0)));
  expect(end.before(10)).toBeCloseTo(9.8, 6);
});
