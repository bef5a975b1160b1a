import { expect, test } from "vitest";
import { balanceOf } from "./balance.ts";
import type { Labelled } from "./diagnosis.ts";

const pictures = (label: number, split: Labelled["split"], count: number): Labelled[] =>
  Array.from({ length: count }, (_, i) => ({ path: `${label}/${i}.jpg`, label, split }));

test("rare classes are those with less than half the median to train on, the rarest first", () => {
  const all = [
    ...[
      pictures(0, "train", 10),
      pictures(1, "train", 40),
      pictures(2, "train", 30),
      pictures(3, "train", 4),
    ],
    ...[pictures(0, "test", 50), pictures(4, "test", 5), pictures(5, "train", 33)],
  ].flat();
  expect(balanceOf(all, 6)).toEqual({
    splits: ["train", "test"],
    counts: [
      [10, 50],
      [40, 0],
      [30, 0],
      [4, 0],
      [0, 5],
      [33, 0],
    ],
    ratio: 10,
    rare: [4, 3, 0],
  });
});

test("a folder without splits is judged as a whole", () => {
  const balance = balanceOf([...pictures(0, "all", 3), ...pictures(1, "all", 3)], 2);
  expect(balance).toEqual({ splits: ["all"], counts: [[3], [3]], ratio: 1, rare: [] });
});
