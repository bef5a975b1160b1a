import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import {
  fitTemperature,
  negativeLogLikelihood,
  softmax,
  type TemperatureScaling,
  temperatureRange,
} from "./calibration.ts";

const row = fc.array(fc.float({ min: -200, max: 200, noNaN: true }), { minLength: 2, maxLength: 40 });

/** Logits, and labels that are as likely as these logits say. */
function drawn(rng: Rng, n: number, classes: number, { temperature, noise }: TemperatureScaling) {
  const logits = Float32Array.from({ length: n * classes }, () => 3 * rng.normal());
  const p = softmax(logits, temperature, classes);
  const labels = Int32Array.from({ length: n }, (_, i) => {
    if (rng.chance(noise)) return rng.integer(classes);
    let left = rng.uniform();
    for (let c = 0; c < classes - 1; c++) {
      left -= p[i * classes + c]!;
      if (left < 0) return c;
    }
    return classes - 1;
  });
  return { logits, labels };
}

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
  expect(negativeLogLikelihood(logits, [2, 1], 3, { temperature: 1.7, noise: 0 })).toBeCloseTo(expected, 6);
});

test("labels drawn at random are as likely as any", () => {
  const p = softmax([0.5, -1, 2], 1.7);
  const noisy = { temperature: 1.7, noise: 0.3 };
  expect(negativeLogLikelihood([0.5, -1, 2], [0], 3, noisy)).toBeCloseTo(-Math.log(0.7 * p[0]! + 0.1), 6);
});

test("the temperature that made the labels is found again, and how many are wrong", () => {
  const rng = new Rng(7);
  const [n, classes] = [6_000, 5];
  for (const [truth, noise] of [
    [0.6, 0],
    [1, 0],
    [2.5, 0],
    [0.6, 0.2],
    [1.5, 0.1],
  ] as const) {
    const { logits, labels } = drawn(rng, n, classes, { temperature: truth, noise });
    const fitted = fitTemperature(logits, labels, classes);
    expect(fitted.temperature / truth).toBeGreaterThan(0.9);
    expect(fitted.temperature / truth).toBeLessThan(1.1);
    expect(Math.abs(fitted.noise - noise)).toBeLessThan(0.03);
  }
});

test("no calibration nearby is likelier than the fitted one", () => {
  const { logits, labels } = drawn(new Rng(3), 400, 4, { temperature: 1.3, noise: 0.2 });
  const { temperature, noise } = fitTemperature(logits, labels, 4);
  const loss = (temperature: number, noise: number) =>
    negativeLogLikelihood(logits, labels, 4, { temperature, noise });
  expect(noise).toBeGreaterThan(0);
  for (const factor of [0.9, 0.99, 1.01, 1.1]) {
    expect(loss(temperature * factor, noise)).toBeGreaterThanOrEqual(loss(temperature, noise));
    expect(loss(temperature, noise * factor)).toBeGreaterThanOrEqual(loss(temperature, noise));
  }
});

test("a few errors are the model's own", () => {
  const logits = Float32Array.from({ length: 100 * 2 }, (_, i) => (i % 2 === 0 ? 2 : 0));
  const labels = Int32Array.from({ length: 100 }, (_, i) => (i < 8 ? 1 : 0));
  const { temperature, noise } = fitTemperature(logits, labels, 2);
  expect(noise).toBe(0);
  expect(softmax([2, 0], temperature)[0]).toBeCloseTo(0.92, 2);
});

test("labels without an error stop at the sharpest temperature allowed", () => {
  const { temperature, noise } = fitTemperature([5, 0, 0, 5], [0, 1], 2);
  expect(temperature).toBeCloseTo(temperatureRange.low, 3);
  expect(noise).toBe(0);
});

test("sizes that do not fit are refused", () => {
  expect(() => fitTemperature([1, 2, 3], [0], 2)).toThrow(RangeError);
});
