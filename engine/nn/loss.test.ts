import { expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Value } from "../graph/value.ts";
import { input } from "../ops/leaf.ts";
import { type Array64, array } from "../testing/array.ts";
import { compute, LOWERINGS, type Lowering } from "../testing/lowered.ts";
import { evaluate } from "../testing/reference.ts";
import { crossEntropy, partialCrossEntropy } from "./loss.ts";

const logits = input("logits", [2, 3]);
const targets = input("targets", [2, 3]);
const LOGITS = [1, 2, 3, -1, 0, 1];

const feeds = (target: readonly number[], logit: readonly number[] = LOGITS) =>
  new Map<Value, Array64>([
    [logits, array([2, 3], (i) => logit[i]!)],
    [targets, array([2, 3], (i) => target[i]!)],
  ]);

const loss = (target: readonly number[], smoothing = 0): number =>
  evaluate([crossEntropy(logits, targets, smoothing)], feeds(target))[0]!.data[0]!;

// −log softmax of both rows, which differ by a constant
const surprise = [2.40760596, 1.40760596, 0.40760596];

test("is the mean surprise of the targets", () => {
  expect(loss([1, 0, 0, 0, 0, 1])).toBeCloseTo((surprise[0]! + surprise[2]!) / 2, 6);
  expect(loss([0.5, 0.5, 0, 0, 0, 1])).toBeCloseTo(((surprise[0]! + surprise[1]!) / 2 + surprise[2]!) / 2, 6);
});

test("smoothing spreads its share over all classes", () => {
  const even = (surprise[0]! + surprise[1]! + surprise[2]!) / 3;
  expect(loss([1, 0, 0, 0, 0, 1], 0.3)).toBeCloseTo(
    0.7 * ((surprise[0]! + surprise[2]!) / 2) + 0.3 * even,
    6,
  );
});

test("a row's sum is its example's weight, with smoothing too", () => {
  expect(loss([2, 0, 0, 0, 0, 0])).toBeCloseTo(surprise[0]!, 6);
  expect(loss([2, 0, 0, 0, 0, 0], 0.1)).toBeCloseTo(loss([1, 0, 0, 1, 0, 0], 0.1), 6);
});

test("its gradient is softmax − target, over N", () => {
  const [d] = gradients(crossEntropy(logits, targets), [logits]);
  const found = evaluate([d!], feeds([1, 0, 0, 0, 0, 1]))[0]!.data;
  const probability = surprise.map((x) => Math.exp(-x));
  const expected = [...probability, ...probability].map((p, i) => (p - Number(i === 0 || i === 5)) / 2);
  for (const [i, x] of expected.entries()) expect(found[i]).toBeCloseTo(x, 6);
});

test("stays finite in float32 where exponentials overflow", async () => {
  const value = crossEntropy(logits, targets);
  const [d] = gradients(value, [logits]);
  for (const lowering of Object.keys(LOWERINGS) as Lowering[]) {
    const extreme = feeds([1, 0, 0, 0, 0, 1], [1e4, -1e4, 0, 0, 200, 100]);
    const [found, gradient] = await compute([value, d!], extreme, lowering);
    expect(found!.data[0]).toBeCloseTo(50, 4);
    expect(gradient!.data.every(Number.isFinite)).toBe(true);
  }
});

test("classes that an example says nothing of are left out of its choice, and get no gradient", () => {
  const partial = partialCrossEntropy(logits, targets);
  const of = (target: readonly number[], logit?: readonly number[]) =>
    evaluate([partial, ...gradients(partial, [logits])], feeds(target, logit));
  const whole = [1, 0, 0, 0, 0, 1];
  expect(of(whole)[0]!.data[0]).toBeCloseTo(loss(whole), 6);
  const [value, gradient] = of([1, -1, 0, 0, -1, 1]);
  expect(value!.data[0]).toBeCloseTo((Math.log(1 + Math.exp(2)) + Math.log(1 + Math.exp(-2))) / 2, 6);
  expect([gradient!.data[1], gradient!.data[4]]).toEqual([0, 0]);
  expect(of([1, -1, 0, 0, -1, 1], [1, 50, 3, -1, -50, 1])[0]!.data[0]).toBeCloseTo(value!.data[0]!, 6);

  const smoothed = partialCrossEntropy(logits, targets, 0.2);
  const smooth = evaluate([smoothed], feeds([1, -1, 0, 0, -1, 1]))[0]!.data[0]!;
  expect(smooth).toBeCloseTo(
    0.9 * value!.data[0]! + (0.1 * (Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.exp(2)))) / 2,
    6,
  );
});
