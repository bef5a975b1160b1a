import { expect, test } from "vitest";
import { alternate } from "./alternate.ts";

/** Two sides that note who worked when; the first costs 1, 2, 3 … ms, the second always 10. */
function sides() {
  const log: string[] = [];
  let blocks = 0;
  const a = { block: async () => log.push("a") && ++blocks };
  const b = { block: async () => log.push("b") && 10 };
  return { log, both: [a, b] };
}

test("the sides take turns, the first round warms up, and the rounds end at the most", async () => {
  const { log, both } = sides();
  const done: number[] = [];
  const limits = { until: Infinity, rounds: [1, 3] } as const;
  const costs = await alternate(both, limits, (round) => done.push(round));
  expect(log.join("")).toBe("abababab");
  expect(costs).toEqual([
    [2, 3, 4],
    [10, 10, 10],
  ]);
  expect(done).toEqual([0, 1, 2, 3]);
});

test("with no time at all the least number of rounds is counted", async () => {
  const { log, both } = sides();
  const costs = await alternate(both, { until: 0, rounds: [2, 9] });
  expect(costs.map((blocks) => blocks.length)).toEqual([2, 2]);
  expect(log.length).toBe(6);
});
