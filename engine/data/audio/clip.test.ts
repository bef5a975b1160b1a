import fc from "fast-check";
import { expect, test } from "vitest";
import { fitLength, ONE_SECOND, toClip, withoutOffset } from "./clip.ts";

test("a clip has its length, and the recording's middle is its middle", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (have, want) => {
      const clip = fitLength(
        Float32Array.from({ length: have }, (_, t) => t + 1),
        want,
      );
      expect(clip.length).toBe(want);
      const heard = [...clip].filter((x) => x !== 0);
      expect(heard.length).toBe(Math.min(have, want));
      // As much is cut, or added, on one side as on the other, give or take one.
      const before = have >= want ? heard[0]! - 1 : clip.findIndex((x) => x !== 0);
      expect(Math.abs(2 * before - Math.abs(have - want))).toBeLessThanOrEqual(1);
      expect(heard.every((x, i) => i === 0 || x === heard[i - 1]! + 1)).toBe(true);
    }),
  );
});

test("a second of any rate becomes 16 000 samples, without its constant part", () => {
  for (const rate of [8_000, 44_100]) {
    const clip = toClip({ samples: new Float32Array(rate).fill(0.25), rate }, ONE_SECOND);
    expect(clip.length).toBe(16_000);
    expect(Math.abs(clip[8_000]!)).toBeLessThan(1e-3);
  }
  expect([...withoutOffset(Float32Array.of(0.5, 0.25))]).toEqual([0.125, -0.125]);
});
