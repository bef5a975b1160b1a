import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../../random.ts";
import { packByLength, padTo } from "./buckets.ts";

const edges = [4, 8, 16];

test("every sequence once, but for fewer than a batch; all of a run fit its steps", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { maxLength: 200 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(),
      (lengths, batch, perRun, seed) => {
        const runs = packByLength(lengths, { batch, edges, perRun }, new Rng(seed));
        const seen = runs.flatMap(({ indices }) => [...indices]);
        expect(new Set(seen).size).toBe(seen.length);
        expect(lengths.length - seen.length).toBeLessThan(batch);
        for (const { steps, indices } of runs) {
          expect(indices.length % batch).toBe(0);
          expect(indices.length).toBeLessThanOrEqual(batch * perRun);
          for (const i of indices) expect(lengths[i]! <= steps || steps === 16).toBe(true);
        }
      },
    ),
  );
});

test("little is filled up: lengths of a run are alike", () => {
  const rng = new Rng(3);
  const lengths = Array.from({ length: 5000 }, () => 1 + rng.integer(16));
  const runs = packByLength(lengths, { batch: 10, edges, perRun: 4 }, rng);
  const filled = runs.flatMap(({ steps, indices }) => [...indices].map((i) => 1 - lengths[i]! / steps));
  expect(filled.reduce((a, b) => a + b) / filled.length).toBeLessThan(0.3);
});

test("the same seed packs alike, another differently", () => {
  const lengths = Array.from({ length: 100 }, (_, i) => i % 17);
  const pack = (seed: number) => packByLength(lengths, { batch: 5, edges, perRun: 2 }, new Rng(seed));
  expect(pack(1)).toEqual(pack(1));
  expect(pack(1)).not.toEqual(pack(2));
});

test("rows are filled up with 0, or cut", () => {
  expect(padTo([[1, 2], [], [3, 4, 5, 6]], 3)).toEqual(BigInt64Array.of(1n, 2n, 0n, 0n, 0n, 0n, 3n, 4n, 5n));
});
