import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { drawer, missingClasses } from "./textDraws.ts";

const TEXTS = [
  ...Array.from({ length: 10 }, () => ({ label: 0, source: "a" })),
  ...Array.from({ length: 4 }, () => ({ label: 1, source: "a" })),
  ...Array.from({ length: 6 }, () => ({ label: 0, source: "b" })),
];

const timesOf = (drawn: Uint32Array) => {
  const times = TEXTS.map(() => 0);
  for (const i of drawn) times[i]!++;
  return times;
};

test("every text once, unless its source says otherwise", () => {
  const all = drawer(TEXTS, 2, { draws: {}, balanced: false });
  expect(timesOf(all.draw(new Rng(1)))).toEqual(TEXTS.map(() => 1));
  const some = drawer(TEXTS, 2, { draws: { a: [0.5, 2], b: [1.5] }, balanced: false });
  expect(some.count).toBe(5 + 8 + 9);
  const times = timesOf(some.draw(new Rng(1)));
  expect(times.slice(0, 10).sort()).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  expect(times.slice(10, 14)).toEqual([2, 2, 2, 2]);
  expect(times.slice(14).sort()).toEqual([1, 1, 1, 2, 2, 2]);
  expect(some.draw(new Rng(2))).not.toEqual(some.draw(new Rng(1)));
});

test("balanced, each class is read as often as the largest", () => {
  const { count, draw } = drawer(TEXTS, 2, { draws: {}, balanced: true });
  expect(count).toBe(32);
  expect(timesOf(draw(new Rng(1))).slice(10, 14)).toEqual([4, 4, 4, 4]);
});

test("which classes a source lacks", () => {
  expect([...missingClasses(TEXTS, 3)]).toEqual([["a", [2]], ["b", [1, 2]]]);
}); // biome-ignore format: pairs
