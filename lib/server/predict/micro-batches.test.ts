import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MicroBatches } from "./micro-batches.ts";

test("everybody gets the answer to their own input, in batches of at most so many, one at a time", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      async (delays, most) => {
        let running = 0;
        const batches = new MicroBatches(async (inputs: readonly number[]) => {
          expect(++running).toBe(1);
          expect(inputs.length).toBeLessThanOrEqual(most);
          await sleep(0);
          running--;
          return inputs.map((input) => 2 * input);
        }, most);
        const answers = delays.map(async (ms, i) => {
          await sleep(ms);
          return batches.answer(i);
        });
        expect(await Promise.all(answers)).toEqual(delays.map((_, i) => 2 * i));
      },
    ),
    { numRuns: 30 },
  );
});

test("who asks at once is answered together; a batch that fails does not stop the next", async () => {
  const sizes: number[] = [];
  const batches = new MicroBatches(async (inputs: readonly number[]) => {
    sizes.push(inputs.length);
    if (inputs.includes(0)) throw new Error("zero");
    return inputs;
  }, 3);
  const settled = await Promise.allSettled([0, 1, 2, 3, 4].map((input) => batches.answer(input)));
  expect(sizes).toEqual([3, 2]);
  expect(settled.map(({ status }) => status)).toEqual([
    ...Array(3).fill("rejected"),
    ...Array(2).fill("fulfilled"),
  ]);
});
