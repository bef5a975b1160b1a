import { describe, expect, test } from "vitest";
import { conv2d, conv2dInputGradient } from "../ops/conv.ts";
import { add, where } from "../ops/elementwise.ts";
import { constant, input } from "../ops/leaf.ts";
import { matmul } from "../ops/linear.ts";
import { batchNorm, channelDot } from "../ops/norm.ts";
import { maxPool2d } from "../ops/pool.ts";
import { uniform } from "../ops/random.ts";
import { recurrent } from "../ops/recurrent.ts";
import { embedding } from "../ops/sequence.ts";
import { broadcastTo, concat, mean, pad, reshape, slice, sum, transpose } from "../ops/shape.ts";
import { broadcast, elements, known, ShapeError } from "./shape.ts";
import type { Shape, Value } from "./value.ts";

const x = (...shape: Shape): Value => input("x", shape);
const ends = (...shape: Shape): Value => input("ends", shape, "int64");
const LSTM = { cell: "lstm", reverse: false } as const;

describe("shapes that fit", () => {
  const dense = { stride: 1, padding: [0, 0, 0, 0], groups: 1 } as const;
  test.each<[string, Value, Shape]>([
    ["broadcasting, both ways", add(x(2, 1, 4), x(3, 1)), [2, 3, 4]],
    ["broadcasting with a named batch", add(x("N", 3), x(3)), ["N", 3]],
    ["a scalar", add(x("N", 3), 1), ["N", 3]],
    ["a product of matrices", matmul(x("N", 2, 3), x(3, 4)), ["N", 2, 4]],
    ["a convolution", conv2d(x("N", 3, 8, 9), x(5, 3, 3, 3), { stride: 2 }), ["N", 5, 3, 4]],
    ["a grouped convolution", conv2d(x(1, 4, 5, 5), x(6, 2, 3, 3), { groups: 2 }), [1, 6, 3, 3]],
    ["its adjoint", conv2dInputGradient(x(1, 5, 6, 7), x(5, 3, 3, 3), [1, 3, 8, 9], dense), [1, 3, 8, 9]],
    ["pooling", maxPool2d(x("N", 3, 7, 6), 2), ["N", 3, 3, 3]],
    ["pooling, padded", maxPool2d(x(1, 3, 7, 6), 3, { stride: 2, padding: [1, 1, 1, 1] }), [1, 3, 4, 3]],
    ["a sum", sum(x("N", 3, 4), [-1]), ["N", 3]],
    ["a mean, dimensions kept", mean(x("N", 3, 4), [1, 2], true), ["N", 1, 1]],
    ["reshaping around a named batch", reshape(x("N", 3, 4), ["N", 12]), ["N", 12]],
    ["turning", transpose(x("N", 3, 4), [2, 0, 1]), [4, "N", 3]],
    ["growing", broadcastTo(x(3, 1), [2, 3, 4]), [2, 3, 4]],
    ["joining", concat([x(2, 3), x(2, 5)], 1), [2, 8]],
    ["a slice", slice(x(2, 8), 1, 3, 5), [2, 2]],
    ["zeros around", pad(x(2, 3), 1, 1, 2), [2, 6]],
    ["hidden states", recurrent(x("T", "N", 3), x(20, 3), x(20, 5), x(20), ends("N"), LSTM), ["T", "N", 5]],
    ["rows of a table", embedding(x(9, 4), ends("N", "T")), ["N", "T", 4]],
  ])("%s", (_, { shape }, expected) => expect(shape).toEqual(expected));
});

describe("shapes that do not fit: the operator, both sides, what they should be to each other", () => {
  const message = (make: () => unknown): string => {
    try {
      make();
    } catch (error) {
      expect(error).toBeInstanceOf(ShapeError);
      return (error as Error).message;
    }
    throw new Error("nothing was thrown");
  };
  const flags = (...shape: Shape) => input("flags", shape, "bool");
  const dense = { stride: 1, padding: [0, 0, 0, 0], groups: 1 } as const;

  test.each<[string, () => unknown]>([
    ["add: [2, 3] and [2, 4] do not broadcast: 3 against 4.", () => add(x(2, 3), x(2, 4))],
    ["add: [N, 3] and [2, 3] do not broadcast: N against 2.", () => add(x("N", 3), x(2, 3))],
    ["add: bool and float32 do not mix; cast one.", () => add(flags(2), x(2))],
    ["where: the condition is float32, wanted bool.", () => where(x(2), x(2), x(2))],
    ["matmul: [2, 3] · [4, 5]: 3 columns meet 4 rows.", () => matmul(x(2, 3), x(4, 5))],
    ["conv2d: the input has 3 channels, the weight wants 4.", () => conv2d(x(1, 3, 8, 8), x(5, 4, 3, 3))],
    ["conv2d: 5 filters do not fall into 2 groups.", () => conv2d(x(1, 4, 8, 8), x(5, 2, 3, 3), { groups: 2 })],
    ["conv2d: the input has shape [3, 8, 8], wanted 4 dimensions.", () => conv2d(x(3, 8, 8), x(5, 3, 3, 3))],
    ["conv2d: a window of 7×7 does not fit into [1, 3, 5, 9]. Use a larger input.", () => conv2d(x(1, 3, 5, 9), x(5, 3, 7, 7))],
    ['conv2d: needs a known size, got "H".', () => conv2d(x(1, 3, "H", 9), x(5, 3, 7, 7))],
    ["conv2dInputGradient: dy has shape [1, 5, 6, 6], the convolution gives [1, 5, 6, 7].", () => conv2dInputGradient(x(1, 5, 6, 6), x(5, 3, 3, 3), [1, 3, 8, 9], dense)],
    ["maxPool2d: a window of 3×3 does not fit into [1, 3, 2, 2]. Use a larger input.", () => maxPool2d(x(1, 3, 2, 2), 3)],
    ["batchNorm: [4] is not one number for each of 3 channels.", () => batchNorm(x(1, 3, 2, 2), x(3), x(4), 1e-5)],
    ["channelDot: [1, 3, 2, 2] and [1, 3, 2, 1] differ.", () => channelDot(x(1, 3, 2, 2), x(1, 3, 2, 1))],
    ["reshape: [2, 3] does not fill [4, 2].", () => reshape(x(2, 3), [4, 2])],
    ["reshape: [N, 3] does not fill [3, 1].", () => reshape(x("N", 3), [3, 1])],
    ["transpose: [0,0] is no order of the axes of [2, 3].", () => transpose(x(2, 3), [0, 0])],
    ["broadcastTo: [2, 3] does not grow to [1, 3].", () => broadcastTo(x(2, 3), [1, 3])],
    ["sum: axis 2 is outside a rank of 2.", () => sum(x(2, 3), [2])],
    ["concat: [2, 3] and [3, 3] differ beside axis 1.", () => concat([x(2, 3), x(3, 3)], 1)],
    ["slice: 1 to 4 is not within axis 1 of [2, 3].", () => slice(x(2, 3), 1, 1, 4)],
    ["constant: 3 numbers do not fill [2,2].", () => constant(new Float32Array(3), [2, 2])],
    ["uniform: the seed is float32, wanted int64.", () => uniform(x(), [2], 0)],
    ["recurrent: the weight of lstm is [15, 3], wanted [20, 3].", () => recurrent(x(7, 2, 3), x(15, 3), x(20, 5), x(20), undefined, LSTM)],
    ["recurrent: the lengths are int64 [3], wanted int64 [2].", () => recurrent(x(7, 2, 3), x(20, 3), x(20, 5), x(20), ends(3), LSTM)],
    ["recurrent: the input has shape [7, 3], wanted 3 dimensions.", () => recurrent(x(7, 3), x(20, 3), x(20, 5), x(20), undefined, LSTM)],
    ["embedding: the indices are float32, wanted int64.", () => embedding(x(9, 4), x(2, 3))],
  ])("%s", (expected, make) => expect(message(make)).toBe(expected)); // biome-ignore format: a table
});

test("sizes that must be numbers", () => {
  expect(elements([2, 3])).toBe(6);
  expect(elements([])).toBe(1);
  expect(() => elements(["N", 3])).toThrow('elements: needs a known size, got "N".');
  expect(() => known(undefined, "flatten")).toThrow("flatten: needs a known size, got none.");
  expect(broadcast("add", [1], [])).toEqual([1]);
});
