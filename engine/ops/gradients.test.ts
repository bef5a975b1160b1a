import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { DType, Value } from "../graph/value.ts";
import { Rng } from "../random.ts";
import { type Array64, array, size } from "../testing/array.ts";
import { evaluate } from "../testing/reference.ts";
import { type Convolution, conv2d, conv2dInputGradient, conv2dWeightGradient, type Padding } from "./conv.ts";
import * as elementwise from "./elementwise.ts";
import { OPS, type OpName } from "./index.ts";
import { input } from "./leaf.ts";
import { logSoftmax, matmul, softmax } from "./linear.ts";
import { batchNorm, batchNormFrozen, channelDot, channelSum } from "./norm.ts";
import { maxPool2d } from "./pool.ts";
import { broadcastTo, concat, mean, pad, reshape, slice, sum, transpose } from "./shape.ts";

/** Numbers to try an operator on: shape and how they are drawn. */
interface Operand {
  readonly shape: readonly number[];
  readonly draw: (rng: Rng) => number;
  readonly dtype?: DType;
  /** Whether a gradient is due. */
  readonly still?: true;
}

interface Case {
  readonly operands: readonly Operand[];
  readonly apply: (...operands: Value[]) => Value;
}

/** A case for each way in which an operator can be used; none for one that is a stop. */
type Cases = { readonly [K in OpName]: readonly Case[] };

const normal = (...shape: number[]): Operand => ({ shape, draw: (rng) => rng.normal() });

const between = (low: number, high: number, ...shape: number[]): Operand => ({
  shape,
  draw: (rng) => rng.uniform(low, high),
});

/** Away from 0, ±6 and other whole numbers, where derivatives jump. */
const offWhole = (...shape: number[]): Operand => ({
  shape,
  draw: (rng) => rng.integer(16) - 8 + rng.uniform(0.1, 0.9),
});

const bits = (...shape: number[]): Operand => ({
  shape,
  draw: (rng) => rng.integer(2),
  dtype: "bool",
  still: true,
});

const still = (operand: Operand): Operand => ({ ...operand, still: true });
const none: readonly Case[] = [];

const unary = (f: (x: Value) => Value, operand: Operand): Case[] => [{ operands: [operand], apply: f }];

/** Two operands in the ways that they can broadcast. */
const binary = (f: (a: Value, b: Value) => Value, operand: (...shape: number[]) => Operand): Case[] =>
  [
    [[2, 3], [2, 3]],
    [[2, 3], [3]],
    [[2, 1], [4, 1, 3]],
    [[], [2, 2]],
    [[1, 1, 1], [2]],
  ].map(([a, b]) => ({ operands: [operand(...a!), operand(...b!)], apply: f })); // biome-ignore format: pairs

const NONE: Padding = [0, 0, 0, 0];

/** Convolutions: x, weight, options. */
const convolutions = (
  [
    [[2, 3, 4, 5], [4, 3, 1, 1], {}],
    [[1, 2, 5, 4], [3, 2, 1, 1], { stride: 2 }],
    [[2, 2, 4, 3], [3, 2, 3, 3], { padding: [1, 1, 1, 1] }],
    [[1, 2, 5, 6], [2, 2, 3, 3], { stride: 2, padding: [1, 1, 1, 1] }],
    [[1, 2, 4, 6], [2, 2, 3, 3], { stride: 2, padding: [0, 0, 1, 1] }],
    [[1, 1, 5, 4], [2, 1, 2, 3], { padding: [2, 0, 1, 1] }],
    [[1, 2, 8, 7], [1, 2, 2, 2], { stride: 3 }],
    [[1, 4, 3, 4], [6, 2, 3, 3], { padding: [1, 1, 1, 1], groups: 2 }],
    [[2, 3, 4, 4], [3, 1, 3, 3], { stride: 2, padding: [0, 0, 1, 1], groups: 3 }],
    [[1, 2, 4, 3], [4, 1, 3, 2], { padding: [1, 0, 0, 1], groups: 2 }],
  ] as [number[], number[], Partial<Convolution>][]
).map(([x, weight, { stride = 1, padding = NONE, groups = 1 }]) => {
  const options: Convolution = { stride, padding, groups };
  const y = conv2d(input("x", x), input("w", weight), options).shape.map(Number);
  return { x, weight, y, options };
}); // biome-ignore format: a table

const pooling = [
  { shape: [2, 2, 4, 6], kernel: 2, options: {} },
  { shape: [1, 2, 5, 4], kernel: 3, options: { stride: 2, padding: [1, 1, 1, 1] } },
  { shape: [1, 1, 5, 5], kernel: 2, options: { stride: 1, padding: [0, 1, 1, 0] } },
] as const;

const CASES: Cases = {
  input: none,
  constant: none,
  uniform: none,
  greater: none,
  equal: none,
  sign: none,
  positive: none,
  inside6: none,
  max: none,
  maxPool2dGradient: none,
  batchNormGradient: none,

  add: binary(elementwise.add, normal),
  subtract: binary(elementwise.subtract, normal),
  multiply: binary(elementwise.multiply, normal),
  divide: binary(elementwise.divide, (...shape) => between(0.5, 2, ...shape)),
  maximum: binary(elementwise.maximum, normal),
  negate: unary(elementwise.negate, normal(2, 3)),
  exp: unary(elementwise.exp, normal(2, 3)),
  log: unary(elementwise.log, between(0.5, 3, 2, 3)),
  sqrt: unary(elementwise.sqrt, between(0.5, 3, 2, 3)),
  tanh: unary(elementwise.tanh, normal(2, 3)),
  sigmoid: unary(elementwise.sigmoid, normal(2, 3)),
  cos: unary(elementwise.cos, normal(2, 3)),
  sin: unary(elementwise.sin, normal(2, 3)),
  abs: unary(elementwise.abs, offWhole(4, 5)),
  relu: unary(elementwise.relu, offWhole(4, 5)),
  relu6: unary(elementwise.relu6, offWhole(4, 5)),
  cast: unary((x) => elementwise.cast(x, "float32"), normal(2, 3)),
  where: [
    { operands: [bits(2, 3), normal(2, 3), normal(2, 3)], apply: elementwise.where },
    { operands: [bits(3, 1), normal(2), normal(4, 1, 1)], apply: elementwise.where },
  ],

  reshape: unary((x) => reshape(x, [3, 1, 4]), normal(2, 6)),
  transpose: [
    ...unary((x) => transpose(x, [1, 0]), normal(2, 3)),
    ...unary((x) => transpose(x, [2, 0, 3, 1]), normal(2, 3, 1, 4)),
  ],
  broadcastTo: [
    ...unary((x) => broadcastTo(x, [4, 2, 3]), normal(2, 1)),
    ...unary((x) => broadcastTo(x, [2, 2]), normal()),
  ],
  sum: [
    ...unary((x) => sum(x), normal(2, 3)),
    ...unary((x) => sum(x, [1]), normal(2, 3, 2)),
    ...unary((x) => sum(x, [0, -1], true), normal(2, 3, 2)),
    ...unary((x) => mean(x, [1, 2]), normal(2, 3, 2)),
  ],
  concat: [
    { operands: [normal(2, 1), normal(2, 3), normal(2, 2)], apply: (...values) => concat(values, 1) },
    { operands: [normal(1, 2), normal(3, 2)], apply: (...values) => concat(values, 0) },
  ],
  slice: [...unary((x) => slice(x, 1, 1, 3), normal(2, 4, 2)), ...unary((x) => slice(x, 0, 0, 1), normal(3))],
  pad: [...unary((x) => pad(x, 1, 2, 1), normal(2, 3, 2)), ...unary((x) => pad(x, 0, 0, 2), normal(3))],

  matmul: [
    { operands: [normal(2, 3), normal(3, 4)], apply: matmul },
    { operands: [normal(4, 2, 3), normal(3, 2)], apply: matmul },
    { operands: [normal(2, 1, 2, 3), normal(3, 3, 2)], apply: matmul },
  ],
  softmax: [0, 1, 2].flatMap((axis) => unary((x) => softmax(x, axis), normal(2, 4, 3))),
  logSoftmax: [0, 1, 2].flatMap((axis) => unary((x) => logSoftmax(x, axis), normal(2, 4, 3))),

  conv2d: convolutions.map(({ x, weight, options }) => ({
    operands: [normal(...x), normal(...weight)],
    apply: (a, b) => conv2d(a, b, options),
  })),
  conv2dInputGradient: convolutions.map(({ x, weight, y, options }) => ({
    operands: [normal(...y), normal(...weight)],
    apply: (a, b) => conv2dInputGradient(a, b, x, options),
  })),
  conv2dWeightGradient: convolutions.map(({ x, weight, y, options }) => ({
    operands: [normal(...x), normal(...y)],
    apply: (a, b) => conv2dWeightGradient(a, b, weight, options),
  })),

  maxPool2d: pooling.flatMap(({ shape, kernel, options }) =>
    unary((x) => maxPool2d(x, kernel, options), normal(...shape)),
  ),

  batchNorm: [
    {
      operands: [normal(2, 3, 2, 2), normal(3), normal(3)],
      apply: (x, scale, bias) => batchNorm(x, scale, bias, 1e-3).y,
    },
  ],
  batchNormFrozen: [
    {
      operands: [normal(2, 3, 2, 2), normal(3), normal(3), still(normal(3)), still(between(0.5, 2, 3))],
      apply: (x, scale, bias, mean, variance) => batchNormFrozen(x, scale, bias, mean, variance, 1e-3),
    },
  ],
  channelSum: unary(channelSum, normal(2, 3, 2, 4)),
  channelDot: [{ operands: [normal(2, 3, 2, 4), normal(2, 3, 2, 4)], apply: channelDot }],
};

const H = 1e-5;
const TOLERANCE = 1e-8;

/**
 * The gradients of Σ y ∘ (random numbers) by the rules, against (f(x + h) − f(x − h)) / 2h for each element.
 * `order` 2 does the same to Σ (gradient ∘ random numbers): the gradients of the gradients.
 */
function check({ operands, apply }: Case, order: 1 | 2): void {
  const rng = new Rng(11);
  const feeds = new Map<Value, Array64>();
  const feed = ({ shape, draw, dtype }: Operand) => {
    const value = input(`x${feeds.size}`, shape, dtype);
    feeds.set(
      value,
      array(shape, () => draw(rng)),
    );
    return value;
  };
  const weighted = (value: Value) =>
    sum(elementwise.multiply(value, feed(normal(...value.shape.map(Number)))));

  const inputs = operands.map(feed);
  const wanted = inputs.filter((_, i) => !operands[i]!.still);
  let scalar = weighted(apply(...inputs));
  if (order === 2) {
    // The inputs themselves are added so that the scalar depends on each, which a gradient need not.
    scalar = [...gradients(scalar, wanted), ...wanted].map(weighted).reduce((a, b) => elementwise.add(a, b));
  }
  const given = gradients(scalar, wanted);
  const found = evaluate(given, feeds);
  for (const [i, value] of wanted.entries()) {
    const { data, shape } = feeds.get(value)!;
    expect(found[i]!.shape).toEqual(shape);
    for (let j = 0; j < size(shape); j++) {
      const middle = data[j]!;
      const at = (x: number) => {
        data[j] = x;
        return evaluate([scalar], feeds)[0]!.data[0]!;
      };
      const difference = (at(middle + H) - at(middle - H)) / (2 * H);
      data[j] = middle;
      expect(Math.abs(found[i]!.data[j]! - difference)).toBeLessThan(
        TOLERANCE * Math.max(1, Math.abs(difference)),
      );
    }
  }
}

describe("each gradient rule agrees with central differences", () => {
  for (const name of Object.keys(OPS) as OpName[]) {
    const cases = CASES[name];
    test(name, () => {
      if ("stop" in OPS[name].op.gradient) expect(cases).toEqual([]);
      else expect(cases.length).toBeGreaterThan(0);
      for (const each of cases) check(each, 1);
    });
  }
});

/** Operators whose gradients depend on their inputs through rules that can be derived again. */
const TWICE = [
  "multiply",
  "divide",
  "exp",
  "log",
  "sqrt",
  "tanh",
  "sigmoid",
  "cos",
  "sin",
  "matmul",
  "softmax",
  "logSoftmax",
  "conv2d",
  "conv2dInputGradient",
  "conv2dWeightGradient",
  "batchNormFrozen",
  "channelDot",
] as const satisfies readonly OpName[];

describe("so do gradients of gradients", () => {
  for (const name of TWICE) {
    test(name, () => {
      const cases = CASES[name];
      for (const each of cases.length > 5 ? cases.filter((_, i) => i % 2 === 1) : cases) check(each, 2);
    });
  }

  test("where they are not offered, that is an error and not a wrong number", () => {
    for (const name of ["maxPool2d", "batchNorm"] as const) {
      expect(() => check(CASES[name][0]!, 2)).toThrow(/^gradients: .* second derivatives .* not offered\.$/);
    }
  });
});
