import { expect, test } from "vitest";
import { paceOf, paceWindow } from "./pace.ts";

test("a steady pace is told as it is, with what is left", () => {
  const finished = Array.from({ length: 10 }, (_, i) => 1000 + i * 250);
  expect(paceOf(finished, 40)).toEqual({ perSecond: 4, secondsLeft: 10 });
});

test("nothing is told from too few photos", () => {
  expect(paceOf([], 10)).toBeUndefined();
  expect(paceOf([1, 2, 3], 10)).toBeUndefined();
  expect(paceOf([5, 5, 5, 5], 10)).toBeUndefined();
});

test("only the latest photos count", () => {
  const slow = Array.from({ length: 50 }, (_, i) => i * 5000);
  const quick = Array.from({ length: paceWindow }, (_, i) => slow.at(-1)! + 100 + i * 100);
  expect(paceOf([...slow, ...quick], 1)?.perSecond).toBeCloseTo(10);
});
