import fc from "fast-check";
import { expect, test } from "vitest";
import { type Steady, steady } from "./steady.ts";

const frame = (first: number) => Float32Array.of(first, 1 - first);
const watch = (frames: readonly Float32Array[]) => {
  const seen: Steady[] = [];
  for (const probabilities of frames) seen.push(steady(seen.at(-1), { probabilities, known: undefined }));
  return seen;
};

test("a class that flickers from frame to frame is shown as one", () => {
  const seen = watch(Array.from({ length: 50 }, (_, i) => frame(i % 2 === 0 ? 0.9 : 0.1)));
  expect(new Set(seen.map(({ shown }) => shown))).toEqual(new Set([0]));
});

test("another thing before the camera is named within four frames, and a single odd frame is not", () => {
  const seen = watch([
    ...Array.from({ length: 20 }, () => frame(0.95)),
    ...Array.from({ length: 4 }, () => frame(0.05)),
  ]);
  expect(seen[20]!.shown).toBe(0);
  expect(seen[23]!.shown).toBe(1);
});

test("the average stays a distribution, and what stands still is shown as it is", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 30 }), (firsts) => {
      const { mean } = watch(firsts.map(frame)).at(-1)!;
      expect(mean[0]! + mean[1]!).toBeCloseTo(1, 5);
    }),
  );
  const { mean } = watch(Array.from({ length: 30 }, () => frame(0.7))).at(-1)!;
  expect(mean[0]).toBeCloseTo(0.7, 6);
});

test("something strange is told after a few frames, a single strange frame is not, and neither flickers", () => {
  const probabilities = frame(0.9);
  let seen = steady(undefined, { probabilities, known: true });
  const look = (known: boolean) => {
    seen = steady(seen, { probabilities, known });
    return seen.known;
  };
  expect(look(false)).toBe(true);
  expect([1, 2, 3].map(() => look(false)).at(-1)).toBe(false);
  for (let i = 0; i < 40; i++) look(i % 2 === 0);
  const settled = seen.known;
  for (let i = 0; i < 40; i++) expect(look(i % 2 === 0)).toBe(settled);
});
