import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRange } from "./range.ts";

test("a range is read as RFC 9110 says", () => {
  expect(parseRange("bytes=0-99", 1000)).toEqual({ start: 0, end: 99 });
  expect(parseRange("bytes=500-", 1000)).toEqual({ start: 500, end: 999 });
  expect(parseRange("bytes=-200", 1000)).toEqual({ start: 800, end: 999 });
  expect(parseRange("bytes=900-5000", 1000)).toEqual({ start: 900, end: 999 });
  expect(parseRange("bytes=-5000", 1000)).toEqual({ start: 0, end: 999 });
  expect(parseRange("bytes=1000-", 1000)).toBe("unsatisfiable");
  expect(parseRange("bytes=-0", 1000)).toBe("unsatisfiable");
});

test("what a server may ignore means the whole file", () => {
  for (const header of [null, "", "bytes=-", "bytes=5-2", "items=0-1", "bytes=0-1,5-6", "bytes=a-b"]) {
    expect(parseRange(header, 1000)).toBeUndefined();
  }
});

test("a range never leaves the file, whatever the header", () => {
  const header = fc.oneof(
    fc.string(),
    fc.tuple(fc.option(fc.nat()), fc.option(fc.nat())).map(([a, b]) => `bytes=${a ?? ""}-${b ?? ""}`),
  );
  fc.assert(
    fc.property(header, fc.nat(), (text, size) => {
      const range = parseRange(text, size);
      if (range === undefined || range === "unsatisfiable") return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.start);
      expect(range.end).toBeLessThan(size);
    }),
  );
});
