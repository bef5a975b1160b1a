import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { STRANGER } from "./sample.ts";
import { balancedWeights, epochOrder, repeats } from "./sampling.ts";

test("without weights every sample comes exactly once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (samples, seed) => {
      const order = epochOrder(samples, new Rng(seed));
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: samples }, (_, i) => i));
      expect(repeats(order).every((count) => count === 0)).toBe(true);
    }),
  );
});

test("weights set how often a sample comes; weight 0 never", () => {
  const order = epochOrder(
    20_000,
    new Rng(5),
    Float64Array.from({ length: 20_000 }, (_, i) => i % 4),
  );
  const counts = [0, 0, 0, 0];
  for (const index of order) counts[index % 4]!++;
  expect(counts[0]).toBe(0);
  for (const weight of [1, 2, 3]) expect(Math.abs(counts[weight]! / 20_000 - weight / 6)).toBeLessThan(0.02);
});

test("balanced weights draw every class equally often", () => {
  const labels = [...Array(900).fill(0), ...Array(100).fill(1)];
  const order = epochOrder(1000, new Rng(2), balancedWeights(labels, 2));
  expect(Math.abs(order.filter((index) => labels[index] === 1).length - 500)).toBeLessThan(70);
});

test("strangers are drawn as often as without weights, whatever is balanced beside them", () => {
  const labels = Int32Array.from({ length: 900 }, (_, i) => (i < 100 ? STRANGER : i < 250 ? 0 : 1));
  const weights = balancedWeights(labels, 2);
  const share = (label: number) =>
    weights.reduce((sum, weight, i) => sum + (labels[i] === label ? weight : 0), 0);
  expect(share(0)).toBeCloseTo(share(1), 10);
  expect(share(STRANGER) / (share(0) + share(1))).toBeCloseTo(100 / 800, 10);
});

test("repeats count a sample's earlier draws", () => {
  expect([...repeats(Uint32Array.from([2, 0, 2, 2, 1, 0]))]).toEqual([0, 0, 1, 2, 0, 1]);
});
