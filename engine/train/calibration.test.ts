import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { fitTemperature, negativeLogLikelihood, softmax, temperatureRange } from "./calibration.ts";

const row = fc.array(fc.float({ min: -200, max: 200, noNaN: true }), { minLength: 2, maxLength: 40 });

test("softmax rows are probabilities in the logits' order, whatever is added to all logits", () => {
  fc.assert(
    fc.property(row, fc.double({ min: 0.3, max: 5, noNaN: true }), (logits, temperature) => {
      const p = softmax(logits, temperature);
      expect(p.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 5);
      for (let i = 1; i < logits.length; i++) {
        if (logits[i]! > logits[i - 1]!) expect(p[i]).toBeGreaterThanOrEqual(p[i - 1]!);
      }
      const shifted = softmax(
        logits.map((x) => x + 1000),
        temperature,
      );
      for (let i = 0; i < p.length; i++) expect(shifted[i]).toBeCloseTo(p[i]!, 5);
    }),
  );
});

test("rows of a batch do not see each other", () => {
  const batch = softmax([1, 2, 3, -4, 0, 9], 2, 3);
  expect([...batch.slice(3)]).toEqual([...softmax([-4, 0, 9], 2)]);
});

test("the likelihood is that of the softmax", () => {
  const logits = [0.5, -1, 2, 3, 0, 0];
  const p = softmax(logits, 1.7, 3);
  const expected = -(Math.log(p[2]!) + Math.log(p[4]!)) / 2;
  expect(negativeLogLikelihood(logits, [2, 1], 3, 1.7)).toBeCloseTo(expected, 6);
});

test("the temperature that made the labels is found again", () => {
  const rng = new Rng(7);
  const [n, classes] = [20_000, 5];
  for (const truth of [0.6, 1, 2.5]) {
    const logits = Float32Array.from({ length: n * classes }, () => 3 * rng.normal());
    const p = softmax(logits, truth, classes);
    const labels = Int32Array.from({ length: n }, (_, i) => {
      let left = rng.uniform();
      for (let c = 0; c < classes - 1; c++) {
        left -= p[i * classes + c]!;
        if (left < 0) return c;
      }
      return classes - 1;
    });
    const fitted = fitTemperature(logits, labels, classes);
    expect(fitted / truth).toBeGreaterThan(0.95);
    expect(fitted / truth).toBeLessThan(1.05);
  }
});

test("no temperature nearby is likelier than the fitted one", () => {
  const rng = new Rng(3);
  const logits = Float32Array.from({ length: 200 * 4 }, () => 4 * rng.normal());
  const labels = Int32Array.from({ length: 200 }, (_, i) => {
    const row = logits.subarray(4 * i, 4 * i + 4);
    return rng.chance(0.7) ? row.indexOf(Math.max(...row)) : rng.integer(4);
  });
  const fitted = fitTemperature(logits, labels, 4);
  const best = negativeLogLikelihood(logits, labels, 4, fitted);
  for (const factor of [0.9, 0.99, 1.01, 1.1]) {
    expect(negativeLogLikelihood(logits, labels, 4, fitted * factor)).toBeGreaterThanOrEqual(best);
  }
});

test("labels without an error stop at the sharpest temperature allowed", () => {
  expect(fitTemperature([5, 0, 0, 5], [0, 1], 2)).toBeCloseTo(temperatureRange.low, 5);
});

test("sizes that do not fit are refused", () => {
  expect(() => fitTemperature([1, 2, 3], [0], 2)).toThrow(RangeError);
});
