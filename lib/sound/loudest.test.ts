import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../../engine/random.ts";
import { loudestStretch } from "./loudest.ts";

test("a word lies within, in the middle where that can be, whatever the room and the offset", () => {
  const places = fc.integer({ min: 0, max: 1000 });
  const offsets = fc.double({ min: -0.2, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(places, offsets, (at, offset) => {
      const rng = new Rng(at);
      const word = 300;
      const recording = Float32Array.from({ length: 2000 }, () => offset + 0.001 * rng.normal());
      for (let t = 0; t < word; t++) recording[350 + at + t]! += Math.sin(t / 3);
      const start = loudestStretch(recording, 1000);
      expect(start).toBeLessThanOrEqual(350 + at + 20);
      expect(start + 1000).toBeGreaterThanOrEqual(350 + at + word - 20);
      if (at >= 400 && at <= 600) expect(Math.abs(start - at)).toBeLessThan(15);
    }),
    { numRuns: 30 },
  );
});

test("what is short enough is taken whole", () => {
  expect(loudestStretch(new Float32Array(10), 16)).toBe(0);
  expect(loudestStretch(new Float32Array(16), 16)).toBe(0);
});
