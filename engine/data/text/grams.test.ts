import { expect, test } from "vitest";
import { columnsOf, withGrams } from "./grams.ts";

const grams = { longest: 3, buckets: 1000 };

test("a row for each piece: itself and what ends with it", () => {
  const rows = withGrams([7, 8, 7, 8], grams);
  expect(rows).toHaveLength(4 * columnsOf(grams));
  const column = (n: number) => [0, 1, 2, 3].map((t) => rows[3 * t + n]);
  expect(column(0)).toEqual([7, 8, 7, 8]);
  const [none, pair, other, again] = column(1);
  expect(none).toBe(0);
  expect(again).toBe(pair);
  expect(other).not.toBe(pair); // the order counts
  expect(column(2).slice(0, 2)).toEqual([0, 0]);
  for (const id of [pair, other, ...column(2).slice(2)]) expect(id! > 0 && id! < grams.buckets).toBe(true);
});

// The same on every platform: trained tables are looked up by these numbers.
test("golden", () => {
  expect([...withGrams([2, 300, 16_383], { longest: 3, buckets: 2 ** 19 })]).toEqual([
    2, 0, 0, 300, 188_352, 0, 16_383, 111_553, 115_307,
  ]);
});

test("n-grams spread over the buckets", () => {
  const seen = new Set<number>();
  for (let a = 2; a < 102; a++)
    for (let b = 2; b < 102; b++) seen.add(withGrams([a, b], { longest: 2, buckets: 2 ** 19 })[3]!);
  expect(seen.size).toBeGreaterThan(9850); // by chance, 10,000 of 2^19 leave some 95 to meet another
});

test("without n-grams there are the pieces alone", () => {
  expect([...withGrams([3, 4])]).toEqual([3, 4]);
});
