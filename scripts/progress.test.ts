import { expect, test } from "vitest";
import { duration, status } from "./progress.ts";

test("a status tells how far, how fast and how long", () => {
  expect(status(0, 600, "pictures", 10)).toBe("0/600 pictures");
  expect(status(120, 600, "pictures", 2_000)).toBe("120/600 pictures · 60/s · 8 s left");
  expect(status(120, 600, "pictures", 1_000, 60)).toBe("120/600 pictures · 60/s · 8 s left");
  expect(status(3, 600, "steps", 6_000)).toBe("3/600 steps · 0.5/s · 19 min 54 s left");
});

test.each([
  [0.4, "0 s"],
  [59.6, "1 min 0 s"],
  [3725, "1 h 2 min"],
])("%d s are %s", (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});
