import { expect, test } from "vitest";
import type { Photo } from "./batch.ts";
import { answered, failed, photo } from "./photo.fixture.ts";
import { bestOf, countWanted, type Selection, select } from "./selection.ts";

const classes = [
  { id: "harp", en: "harp", zh: "竖琴" },
  { id: "drums", en: "drums", zh: "鼓" },
];

const photos: readonly Photo[] = [
  photo(0, "b10.jpg", answered([0.6, 0.4])),
  photo(1, "b9.jpg", answered([0.1, 0.9])),
  photo(2, "a.jpg", failed("a.jpg")),
  photo(3, "c.jpg"),
  photo(4, "d.jpg", answered([0.8, 0.2])),
  photo(5, "e.jpg", answered([0.05, 0.95], false)),
];

const keys = (selection: Partial<Selection>) =>
  select(photos, { wanted: "all", atLeast: 0, order: "arrival", ...selection }, classes, "en").map(
    ({ key }) => key,
  );

test("the likeliest class of an answer", () => {
  expect(bestOf(photos[1]!, classes)).toEqual({
    class: classes[1],
    probability: Math.fround(0.9),
    known: true,
  });
  expect(bestOf(photos[2]!, classes)).toBeUndefined();
});

test("photos are filtered by class, failure and probability", () => {
  expect(keys({})).toEqual([0, 1, 2, 3, 4, 5]);
  expect(keys({ wanted: "class:drums" })).toEqual([1]); // what is not known is of no class
  expect(keys({ wanted: "unknown" })).toEqual([5]);
  expect(keys({ wanted: "class:harp" })).toEqual([0, 4]);
  expect(keys({ wanted: "failed" })).toEqual([2]);
  expect(keys({ atLeast: 0.7 })).toEqual([1, 4]);
  expect(keys({ wanted: "class:harp", atLeast: 0.7 })).toEqual([4]);
});

test("photos are put in order, those without an answer last", () => {
  expect(keys({ order: "name" })).toEqual([2, 1, 0, 3, 4, 5]);
  expect(keys({ order: "class" })).toEqual([1, 4, 0, 5, 2, 3]);
  expect(keys({ order: "certain" })).toEqual([1, 4, 0, 5, 2, 3]);
  expect(keys({ order: "uncertain" })).toEqual([5, 0, 4, 1, 2, 3]);
});

test("each kind is counted", () => {
  expect([...countWanted(photos, classes)]).toEqual([
    ["all", 6],
    ["class:harp", 2],
    ["class:drums", 1],
    ["failed", 1],
    ["unknown", 1],
  ]);
});
