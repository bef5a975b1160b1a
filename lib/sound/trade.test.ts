import { expect, test } from "vitest";
import { tradeAt } from "./trade.ts";

const curve = [
  { threshold: 0.4, missed: 0.02, falsePerHour: 100 },
  { threshold: 0.6, missed: 0.06, falsePerHour: 20 },
  { threshold: 0.9, missed: 0.3, falsePerHour: 0 },
];

test("between two measured thresholds the trade lies between theirs, outside it is the last", () => {
  expect(tradeAt(curve, 0.6)).toEqual(curve[1]);
  const { missed, falsePerHour } = tradeAt(curve, 0.5)!;
  expect(missed).toBeCloseTo(0.04, 9);
  expect(falsePerHour).toBeCloseTo(60, 9);
  expect(tradeAt(curve, 0.1)).toEqual(curve[0]);
  expect(tradeAt(curve, 0.99)).toEqual(curve[2]);
  expect(tradeAt([], 0.5)).toBe(undefined);
});
