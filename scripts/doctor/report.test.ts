import { expect, test } from "vitest";
import type { Diagnosis, Labelled } from "../../engine/doctor/diagnosis.ts";
import { report } from "./report.ts";

const picture = (path: string, label: number, split: Labelled["split"] = "train"): Labelled => ({
  path,
  label,
  split,
});
const suspect = (path: string, label: number, suggested: number) => ({
  picture: picture(path, label),
  ...{ suggested, suggestedProbability: 0.92, labelProbability: 0.01 },
});

const diagnosis: Diagnosis = {
  directory: "sea",
  classes: ["seal", "otter", "newt"],
  pictures: 12,
  unreadable: [{ picture: picture("a.jpg", 0), reason: "a.jpg is empty (0 bytes)." }],
  tiny: [{ picture: picture("b.jpg", 0), width: 20, height: 30 }],
  blank: [],
  duplicates: [
    {
      pictures: [picture("train/c.jpg", 0), picture("test/d.jpg", 0, "test")],
      ...{ mirrored: true, likeness: 0.97, disagree: false, leak: true },
    },
    {
      pictures: [picture("e.jpg", 0), picture("f.jpg", 1)],
      ...{ mirrored: false, likeness: 1, disagree: true, leak: false },
    },
  ],
  balance: {
    splits: ["train", "test"],
    counts: [
      [6, 1],
      [3, 1],
      [1, 0],
    ],
    ratio: 6,
    rare: [2],
  },
  labels: { checked: 11, suspects: [suspect("g.jpg", 0, 1), suspect("h.jpg", 0, 1)], unchecked: [2] },
};

test("counts come first, then the worst of each, then the classes", () => {
  expect(report(diagnosis, 1)).toBe(`sea: 12 pictures of 3 classes

unreadable              1
tiny, below 64 px       1
blank                   0
duplicates              2 groups, 2 pictures too many
  across splits         1
  differently labelled  1
suspect labels          2 of 11
  too few to judge      newt
largest to smallest     6.0 to 1
  rare                  newt

Unreadable
  a.jpg is empty (0 bytes).

The same in several splits: keep it in one
  mirrored: train/c.jpg
    test/d.jpg

The same with different labels: one is wrong
  e.jpg
    f.jpg

Labels to look at (1 of 2)
  g.jpg: seal (1 %) → otter (92 %)

Tiny
  b.jpg: 20 × 30 pixels

class    train     test  suspect  rather
seal         6        1        2  otter 2
otter        3        1        0
newt         1        0        0`);
});

test("without a list there are counts and classes alone", () => {
  expect(report(diagnosis, 0)).not.toContain("g.jpg");
});
