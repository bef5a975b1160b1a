import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { mixBatch } from "./mixing.ts";

const COUNT = 4;
const SIZE = 8;

/** Picture n has the value 60 n everywhere and the class n. */
function batch() {
  const pixels = SIZE * SIZE * 3;
  const images = Uint8Array.from({ length: COUNT * pixels }, (_, i) => 60 * Math.floor(i / pixels));
  const targets = Float32Array.from({ length: COUNT * COUNT }, (_, i) => (i % (COUNT + 1) === 0 ? 1 : 0));
  return { images, targets };
}

test("targets are the shares of the pixels that each picture holds", () => {
  for (const [mixup, cutmix] of [
    [0.4, 0],
    [0, 1],
    [0.4, 1],
  ] as const) {
    for (let seed = 0; seed < 30; seed++) {
      const { images, targets } = batch();
      mixBatch(images, targets, COUNT, SIZE, { probability: 1, mixup, cutmix }, new Rng(seed));
      for (let n = 0; n < COUNT; n++) {
        const row = targets.subarray(n * COUNT, (n + 1) * COUNT);
        expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
        const own = images.subarray(n * SIZE * SIZE * 3, (n + 1) * SIZE * SIZE * 3);
        const mean = own.reduce((a, b) => a + b) / own.length;
        // The classes' shares must tell the mean brightness; mixup rounds to bytes.
        expect(Math.abs(mean - row.reduce((sum, share, c) => sum + share * 60 * c, 0))).toBeLessThan(0.51);
      }
    }
  }
});

test("the probability decides whether a batch is mixed, and one picture alone never is", () => {
  const untouched = batch().images;
  let mixed = 0;
  for (let seed = 0; seed < 300; seed++) {
    const { images, targets } = batch();
    mixBatch(images, targets, COUNT, SIZE, { probability: 0.3, mixup: 1, cutmix: 0 }, new Rng(seed));
    if (images.some((byte, i) => byte !== untouched[i])) mixed++;
  }
  expect(Math.abs(mixed - 90)).toBeLessThan(35);
  const one = new Uint8Array(SIZE * SIZE * 3).fill(9);
  mixBatch(one, Float32Array.from([1, 0]), 1, SIZE, { probability: 1, mixup: 1, cutmix: 1 }, new Rng(1));
  expect(one.every((byte) => byte === 9)).toBe(true);
});
