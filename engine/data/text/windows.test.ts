import fc from "fast-check";
import { expect, test } from "vitest";
import { windowsOf } from "./windows.ts";

test("windows cover a sequence once, are as few as can be and of like length", () => {
  expect(windowsOf(0, 5)).toEqual([]);
  expect(windowsOf(11, 5).map(({ from, to }) => to - from)).toEqual([4, 3, 4]);
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 300 }), (length, longest) => {
      const windows = windowsOf(length, longest);
      expect(windows).toHaveLength(Math.ceil(length / longest));
      expect(windows.map(({ from }) => from)).toEqual(
        [0, ...windows.map(({ to }) => to)].slice(0, windows.length),
      );
      expect(windows.at(-1)?.to ?? 0).toBe(length);
      const sizes = windows.map(({ from, to }) => to - from);
      for (const size of sizes) expect(size <= longest && size >= Math.max(...sizes) - 1).toBe(true);
    }),
  );
});
