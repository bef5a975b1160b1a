import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import {
  argmax,
  auroc,
  confusionMatrix,
  expectedCalibrationError,
  macroF1,
  measure,
  perClass,
  reliability,
  topK,
  wilson,
} from "./metrics.ts";

/** A set of random probabilities (with equals among them) and labels. */
const answered = fc.integer({ min: 2, max: 6 }).chain((classes) =>
  fc
    .array(
      fc.record({
        row: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: classes, maxLength: classes }),
        label: fc.integer({ min: 0, max: classes - 1 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((items) => ({
      classes,
      labels: Int32Array.from(items, ({ label }) => label),
      probabilities: Float32Array.from(
        items.flatMap(({ row }) => row.map((x) => x / row.reduce((sum, y) => sum + y, 0))),
      ),
    })),
);

test("top-k grows with k, from the confusion matrix's diagonal to all", () => {
  fc.assert(
    fc.property(answered, ({ probabilities, labels, classes }) => {
      const hits = Array.from({ length: classes }, (_, k) => topK(probabilities, labels, classes, k + 1));
      const confusion = confusionMatrix(argmax(probabilities, classes), labels, classes);
      expect(hits[0]).toBe(confusion.reduce((sum, row, c) => sum + row[c]!, 0));
      expect(hits[classes - 1]).toBe(labels.length);
      for (let k = 1; k < classes; k++) expect(hits[k]).toBeGreaterThanOrEqual(hits[k - 1]!);
    }),
  );
});

test("every figure lies within its interval, and the interval within [0, 1]", () => {
  fc.assert(
    fc.property(answered, ({ probabilities, labels, classes }) => {
      const metrics = measure(probabilities, labels, classes, new Rng(1));
      for (const { value, low, high } of [metrics.top1, metrics.top3, metrics.top5, metrics.macroF1]) {
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }
      expect(metrics.ece).toBeGreaterThanOrEqual(0);
      expect(metrics.ece).toBeLessThanOrEqual(1);
      expect(metrics.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(metrics.n);
    }),
    { numRuns: 30 },
  );
});

test("the same seed gives the same intervals", () => {
  const labels = Int32Array.from({ length: 50 }, (_, i) => i % 3);
  const probabilities = Float32Array.from({ length: 150 }, (_, i) => ((i * 7) % 11) / 11);
  expect(measure(probabilities, labels, 3, new Rng(5))).toEqual(
    measure(probabilities, labels, 3, new Rng(5)),
  );
});

test("precision, recall and F1 of a matrix worked out by hand", () => {
  const confusion = [
    [8, 2, 0],
    [1, 9, 0],
    [0, 0, 0],
  ];
  const [first, second, third] = perClass(confusion);
  expect(first).toEqual({ precision: 8 / 9, recall: 0.8, f1: 16 / 19, support: 10 });
  expect(second).toEqual({ precision: 9 / 11, recall: 0.9, f1: 18 / 21, support: 10 });
  expect(third).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
  expect(macroF1(confusion)).toBeCloseTo((16 / 19 + 18 / 21) / 2, 12); // the absent class is not counted
});

test("a network that answers NaN scores nothing", () => {
  const probabilities = new Float32Array(6).fill(Number.NaN);
  expect(topK(probabilities, Int32Array.of(0, 2), 3, 3)).toBe(0);
});

test("Wilson's interval as in Newcombe 1998, table I", () => {
  expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
  expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
  expect(wilson(0, 20).low).toBe(0);
  expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
  expect(wilson(29, 29).low).toBeCloseTo(0.883, 4);
  expect(wilson(29, 29).high).toBe(1);
});

test("calibration error: none where confidence is accuracy, all of the gap where it is not", () => {
  const labels = Int32Array.of(0, 0, 0, 1);
  const confident = (p: number) => Float32Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? p : 1 - p));
  expect(expectedCalibrationError(reliability(confident(0.75), labels, 2))).toBeCloseTo(0, 6);
  expect(expectedCalibrationError(reliability(confident(1), labels, 2))).toBeCloseTo(0.25, 6);
});

test("calibration error does not cancel across bins", () => {
  // Ten items at 0.9 of which 8 are right, ten at 0.6 of which 7 are: both 0.1 off, in opposite directions.
  const probabilities = Float32Array.from({ length: 40 }, (_, i) => {
    const p = i < 20 ? 0.9 : 0.6;
    return i % 2 === 0 ? p : 1 - p;
  });
  const labels = Int32Array.from({ length: 20 }, (_, n) => (n < 8 || (n >= 10 && n < 17) ? 0 : 1));
  const bins = reliability(probabilities, labels, 2);
  expect(bins.map(({ count, accuracy }) => [count, accuracy])).toEqual([
    [10, 0.7],
    [10, 0.8],
  ]);
  expect(expectedCalibrationError(bins)).toBeCloseTo(0.1, 6);
});

test("AUROC of scores that are no numbers is none", () => {
  expect(auroc(Float32Array.of(1, Number.NaN, 2), Uint8Array.of(0, 1, 1))).toBeNaN();
});

test("AUROC is the share of pairs in the right order", () => {
  const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), {
    minLength: 2,
    maxLength: 30,
  });
  fc.assert(
    fc.property(scored, (items) => {
      const good = items.filter(([, positive]) => positive).map(([score]) => score);
      const bad = items.filter(([, positive]) => !positive).map(([score]) => score);
      fc.pre(good.length > 0 && bad.length > 0);
      const wins = good.flatMap((a) => bad.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
      const expected = wins.reduce((sum, win) => sum + win, 0) / wins.length;
      const scores = Float32Array.from(items, ([score]) => score);
      const positive = Uint8Array.from(items, ([, is]) => (is ? 1 : 0));
      expect(auroc(scores, positive)).toBeCloseTo(expected, 9);
    }),
  );
});
