import { beforeAll, describe, expect, test } from "vitest";
import { input } from "../ops/leaf.ts";
import { array } from "../testing/array.ts";
import { compute } from "../testing/lowered.ts";
import { uniform } from "./random.ts";

const COUNT = 2 ** 16;

/** By seed, two streams of numbers, as onnxruntime computes them. */
const draws = new Map<number, readonly Float64Array[]>();

beforeAll(async () => {
  const seed = input("seed", [], "int64");
  const streams = [uniform(seed, [COUNT], 0), uniform(seed, [COUNT], 41_234)];
  for (const at of [0, 1, 2 ** 30]) {
    const found = await compute(streams, new Map([[seed, array([], () => at)]]), "training");
    draws.set(
      at,
      found.map(({ data }) => data),
    );
  }
});

const all = (): Float64Array[] => [...draws.values()].flat();

/** Pearson's χ² of counts that should all be alike. */
function chiSquare(counts: Iterable<number>): number {
  const list = [...counts];
  const expected = list.reduce((sum, n) => sum + n) / list.length;
  return list.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

/** Within five standard deviations of what χ² with so many degrees of freedom is: mean k, variance 2k. */
function expectUniform(counts: Iterable<number>, degrees: number): void {
  expect(Math.abs(chiSquare(counts) - degrees)).toBeLessThan(5 * Math.sqrt(2 * degrees));
}

const count = (bins: number, numbers: Iterable<number>): Uint32Array => {
  const counts = new Uint32Array(bins);
  for (const n of numbers) counts[n]!++;
  return counts;
};

function correlation(a: Float64Array, b: Float64Array): number {
  let product = 0;
  for (let i = 0; i < a.length; i++) product += (a[i]! - 0.5) * (b[i]! - 0.5);
  return (12 * product) / a.length;
}

describe("the numbers of a counter's hash", () => {
  test("lie in [0, 1) and fill it evenly", () => {
    for (const numbers of all()) {
      expect(Math.min(...numbers.subarray(0, 1000))).toBeGreaterThanOrEqual(0);
      expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
      expectUniform(count(256, numbers.map((x) => Math.floor(x * 256))), 255); // biome-ignore format: short
    }
  });

  test("are even in their lowest bits too", () => {
    for (const numbers of all())
      expectUniform(
        count(
          16,
          numbers.map((x) => (x * 2 ** 24) % 16),
        ),
        15,
      );
  });

  test("do not know their neighbours", () => {
    for (const numbers of all()) {
      const pairs = Array.from(
        { length: COUNT / 2 },
        (_, i) => 16 * Math.floor(16 * numbers[2 * i]!) + Math.floor(16 * numbers[2 * i + 1]!),
      );
      expectUniform(count(256, pairs), 255);
    }
  });

  test("do not know those of other seeds and streams", () => {
    const lists = all();
    for (const [i, a] of lists.entries())
      for (const b of lists.slice(i + 1))
        expect(Math.abs(correlation(a, b))).toBeLessThan(5 / Math.sqrt(COUNT));
  });
});
