import { expect, test } from "vitest";
import { evidenceFor } from "./class-maps.ts";

// Two classes on a row of three places.
const maps = { values: Float32Array.of(5, 1, 0, 1, 1, 4), width: 3, height: 1 };

test("evidence is what speaks for a class and against the others, strongest 1", () => {
  expect([...evidenceFor(maps, 0).values]).toEqual([1, 0, 0]);
  expect([...evidenceFor(maps, 1).values]).toEqual([0, 0, 1]);
});

test("what a place says for all classes alike counts for nothing", () => {
  const shifted = maps.values.map((value, i) => value + [100, -7, 3][i % 3]!);
  expect(evidenceFor({ ...maps, values: shifted }, 0)).toEqual(evidenceFor(maps, 0));
});

test("where nothing speaks for a class, the evidence is zero everywhere", () => {
  const flat = { values: new Float32Array(6).fill(2), width: 3, height: 1 };
  expect([...evidenceFor(flat, 1).values]).toEqual([0, 0, 0]);
});
