import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { acceptance, chooseThreshold } from "./wordThreshold.ts";

/** Classes: two words, other words, silence. */
const kinds = { words: [0, 1], unknown: 2 };
const rows = Float32Array.of(
  0.9,
  0.05,
  0.05,
  0,
  0.2,
  0.7,
  0.1,
  0,
  0.55,
  0.1,
  0.35,
  0,
  0.1,
  0.1,
  0.7,
  0.1,
  0.8,
  0,
  0,
  0.2,
);

test("a recording is taken for a word if its likeliest class is one and likely enough", () => {
  const labels = Int32Array.of(0, 1, 2, 1, 3);
  expect(acceptance(rows, labels, kinds, 4, 0.5)).toEqual({ words: [2, 3], others: [1, 1] });
  expect(acceptance(rows, labels, kinds, 4, 0.8)).toEqual({ words: [1, 3], others: [0, 1] });
  expect(acceptance(rows, Int32Array.of(0, 1, 0, 1, 3), kinds, 4, 0.5).others).toBe(undefined);
});

test("the threshold is the highest at which nearly all words count", () => {
  const rng = new Rng(1);
  const sure = Float32Array.from({ length: 500 }, () => rng.uniform(0.6, 1));
  const probabilities = Float32Array.from([...sure].flatMap((p) => [p, 1 - p, 0, 0]));
  const threshold = chooseThreshold(probabilities, new Int32Array(500), kinds, 4);
  const kept = (at: number) => acceptance(probabilities, new Int32Array(500), kinds, 4, at).words[0] / 500;
  expect(kept(threshold)).toBeGreaterThanOrEqual(0.98);
  expect(kept(threshold + 0.01)).toBeLessThan(0.98);
  expect(chooseThreshold(new Float32Array(8).fill(0.25), new Int32Array(2), kinds, 4)).toBe(0.5);
});
