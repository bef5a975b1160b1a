import { describe, expect, test } from "vitest";
import { input } from "../ops/leaf.ts";
import { array } from "../testing/array.ts";
import { compute } from "../testing/lowered.ts";
import { evaluate } from "../testing/reference.ts";
import { constantRate, cosineDecay, oneCycle, type Schedule, stepDecay, warmUp } from "./schedule.ts";

const step = input("step", []);

const rates = (schedule: Schedule, steps: readonly number[]): number[] => {
  const rate = schedule(step);
  return steps.map((at) => evaluate([rate], new Map([[step, array([], () => at)]]))[0]!.data[0]!);
};

const upTo = (count: number): number[] => [...Array(count).keys()];

function expectRates(schedule: Schedule, steps: readonly number[], formula: (step: number) => number): void {
  for (const [i, rate] of rates(schedule, steps).entries()) expect(rate).toBeCloseTo(formula(steps[i]!), 6);
}

test("constant", () => expectRates(constantRate(0.3), [0, 1, 1000], () => 0.3));

test("by steps: times the factor from each milestone on", () => {
  expectRates(stepDecay(1, [3, 5]), upTo(8), (t) => (t < 3 ? 1 : t < 5 ? 0.1 : 0.01));
  expectRates(stepDecay(0.4, [1], 0.5), upTo(3), (t) => (t < 1 ? 0.4 : 0.2));
});

test("cosine: half a wave from the rate to the end, and there it stays", () => {
  const wave = (t: number) => 0.01 + 0.5 * (0.5 - 0.01) * (1 + Math.cos((Math.PI * Math.min(t, 20)) / 20));
  expectRates(cosineDecay(0.5, 20, 0.01), upTo(25), wave);
  expectRates(cosineDecay(0.5, 20), [20, 30], () => 0);
});

test("warm-up: a straight line to the rate, then the schedule from its own beginning", () => {
  const after = (t: number) => 0.5 * 0.4 * (1 + Math.cos((Math.PI * t) / 10));
  expectRates(warmUp(4, cosineDecay(0.4, 10)), upTo(14), (t) => (t < 4 ? (0.4 * (t + 1)) / 4 : after(t - 4)));
});

describe("one cycle", () => {
  const schedule = oneCycle(0.1, 100);

  test("rises from a 25th to the peak at 30 %, and falls to a ten-thousandth", () => {
    const [first, peak, last] = rates(schedule, [0, 30, 100]);
    expect(first).toBeCloseTo(0.1 / 25, 7);
    expect(peak).toBeCloseTo(0.1, 7);
    expect(last).toBeCloseTo(0.1 / 1e4, 7);
  });

  test("never turns but at the peak", () => {
    const all = rates(schedule, upTo(101));
    for (let t = 1; t <= 30; t++) expect(all[t]).toBeGreaterThan(all[t - 1]!);
    for (let t = 31; t <= 100; t++) expect(all[t]).toBeLessThan(all[t - 1]!);
  });

  test("is defined for one step", () => expect(rates(oneCycle(0.1, 1), [0])[0]).toBeCloseTo(0.1 / 25, 7));
});

test("a million steps on, float32 still tells milestones and waves apart", async () => {
  const million = 1_000_000;
  const schedules = [stepDecay(1, [million]), cosineDecay(1, 2 * million), warmUp(million, constantRate(1))];
  for (const at of [million - 1, million]) {
    const feeds = new Map([[step, array([], () => at)]]);
    const values = schedules.map((schedule) => schedule(step));
    const exact = evaluate(values, feeds);
    for (const [i, found] of (await compute(values, feeds, "plain")).entries())
      expect(found.data[0]).toBeCloseTo(exact[i]!.data[0]!, 5);
  }
});
