import { expect, test } from "vitest";
import { AnsweredRows, type RowSelection } from "./answered-rows.ts";

const everything: RowSelection = { wanted: "all", atLeast: 0, order: "arrival", search: "" };

function answered(): AnsweredRows {
  const rows = new AnsweredRows(3);
  const answer = (...probabilities: number[]) => ({
    probabilities: Float32Array.from(probabilities),
    known: true,
  });
  rows.add("Dreadful food", answer(0.75, 0.125, 0.125));
  rows.add("  ", undefined);
  rows.add("Lovely\n\nfood", answer(0, 0.5, 0.5));
  rows.add("Þetta er gott", { ...answer(0.25, 0.25, 0.5), known: false });
  rows.add("So good", answer(0, 0, 1));
  return rows;
}

const indices = (change: Partial<RowSelection>) =>
  answered()
    .page({ ...everything, ...change }, 0, 10)
    .rows.map(({ index }) => index);

test("rows are counted by their likeliest class, unless nothing can be said of them", () => {
  expect(answered().counts).toEqual({ all: 5, unknown: 1, empty: 1, classes: [1, 1, 1] });
});

test("rows are chosen by class, certainty and what they hold", () => {
  expect(indices({})).toEqual([0, 1, 2, 3, 4]);
  expect(indices({ wanted: 1 })).toEqual([2]);
  expect(indices({ wanted: "unknown" })).toEqual([3]);
  expect(indices({ wanted: "empty" })).toEqual([1]);
  expect(indices({ atLeast: 0.7 })).toEqual([0, 4]);
  expect(indices({ search: "FOOD" })).toEqual([0, 2]);
});

test("rows are ordered by certainty, those without an answer last", () => {
  expect(indices({ order: "certain" })).toEqual([4, 0, 2, 3, 1]);
  expect(indices({ order: "uncertain" })).toEqual([2, 3, 0, 4, 1]);
});

test("a page is a part of what is wanted, and long texts are cut", () => {
  expect(answered().page(everything, 2, 2)).toMatchObject({
    total: 5,
    rows: [{ excerpt: "Lovely food" }, {}],
  });
  const rows = new AnsweredRows(3);
  rows.add("long ".repeat(1000), undefined);
  expect(rows.at(0)?.excerpt).toMatch(/^long .{230,250}…$/);
});
