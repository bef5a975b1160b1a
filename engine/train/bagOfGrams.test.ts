import { expect, test } from "vitest";
import { withGrams } from "../data/text/grams.ts";
import { Rng } from "../random.ts";
import { type BagTables, bagOfGrams } from "./bagOfGrams.ts";

const grams = { longest: 2, buckets: 4096 };
const options = { classes: 3, vocabulary: 10, grams, window: 20, epochs: 30, rate: 0.3 };

/** Which class says most of a text, as the wide part of a network finds it. */
function answer({ piece, gram }: BagTables, ids: number[]): number[] {
  const sums = [0, 0, 0];
  for (const [at, id] of withGrams(ids, grams).entries())
    if (id > 0) for (const c of [0, 1, 2]) sums[c]! += (at % 2 === 0 ? piece : gram)[id * 3 + c]!;
  return sums;
}

test("learns what pieces say, and pairs where the order counts", () => {
  const texts = Array.from({ length: 200 }, (_, i) => {
    // "good" and "bad" turn round behind "not".
    const [not, good] = [i % 2 === 1, i % 4 < 2];
    return { ids: [5, ...(not ? [4] : []), good ? 2 : 3], label: good === not ? 0 : 2, missing: [1] };
  });
  const bag = bagOfGrams(texts, { ...options, rng: new Rng(1) });
  const likeliest = (ids: number[]) => {
    const [negative, , positive] = answer(bag, ids);
    return negative! > positive! ? 0 : 2;
  };
  expect([[5, 2], [5, 3], [5, 4, 2], [5, 4, 3]].map(likeliest)).toEqual([2, 0, 0, 2]);
  // Nobody said anything of neutral.
  expect(bag.piece.filter((_, i) => i % 3 === 1)).toEqual(new Float32Array(10));
  expect(bagOfGrams(texts, { ...options, rng: new Rng(1) })).toEqual(bag);
}); // biome-ignore format: a list
