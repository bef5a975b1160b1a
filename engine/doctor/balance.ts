import type { Balance, Labelled } from "./diagnosis.ts";

/** A class with less than this share of the median is called rare. */
const RARE = 0.5;

/** Counts the pictures of each class in each split. */
export function balanceOf(pictures: readonly Labelled[], classes: number): Balance {
  const splits = (["train", "val", "test", "all"] as const).filter((name) =>
    pictures.some(({ split }) => split === name),
  );
  const counts = Array.from({ length: classes }, () => splits.map(() => 0));
  for (const { label, split } of pictures) counts[label]![splits.indexOf(split)]!++;
  const trained = counts.map(([first]) => first!); // "train", or "all"
  const sorted = trained.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(classes / 2)]!;
  return {
    splits,
    counts,
    ratio: sorted.at(-1)! / (sorted.find((count) => count > 0) ?? 1),
    rare: Array.from(trained.keys())
      .filter((label) => trained[label]! < RARE * median)
      .sort((a, b) => trained[a]! - trained[b]!),
  };
}
