import { elements } from "../graph/shape.ts";
import type { DType, Value } from "../graph/value.ts";
import {
  type Convolution,
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  type Padding,
  type Window,
} from "../ops/conv.ts";
import * as elementwise from "../ops/elementwise.ts";
import type { OpName } from "../ops/index.ts";
import { constant, input } from "../ops/leaf.ts";
import { logSoftmax, matmul, softmax } from "../ops/linear.ts";
import { batchNorm, batchNormFrozen, batchNormGradient, channelDot, channelSum } from "../ops/norm.ts";
import { maxPool2d, maxPool2dGradient } from "../ops/pool.ts";
import { uniform } from "../ops/random.ts";
import { type Cell, GATES, recurrent, recurrentGradient } from "../ops/recurrent.ts";
import { embedding, embeddingGradient, stepMask } from "../ops/sequence.ts";
import { broadcastTo, concat, max, mean, pad, reshape, slice, sum, transpose } from "../ops/shape.ts";
import type { Rng } from "../random.ts";
import { type Array64, array } from "./array.ts";

/** Numbers to try an operator on: shape and how they are drawn. */
export interface Operand {
  readonly shape: readonly number[];
  readonly draw: (rng: Rng) => number;
  readonly dtype?: DType;
  /** Whether a gradient is due. */
  readonly still?: true;
}

/** One use of an operator, on operands to be made up. */
export interface Case {
  readonly operands: readonly Operand[];
  readonly apply: (...operands: Value[]) => Value;
}

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

/** Few numbers, so that some are equal, and 0 and 6 among them. */
const coarse = (...shape: number[]): Operand => ({ shape, draw: (rng) => rng.integer(9) - 2, still: true });

const bits = (...shape: number[]): Operand => ({
  shape,
  draw: (rng) => rng.integer(2),
  dtype: "bool",
  still: true,
});

/** Takes no gradient. */
const still = (operand: Operand): Operand => ({ ...operand, still: true });

/** One use or more. */
type Cases = readonly [Case, ...Case[]];

const unary = (f: (x: Value) => Value, operand: Operand): [Case] => [{ operands: [operand], apply: f }];

/** A list that is known not to be empty. */
const some = (cases: readonly Case[]): Cases => cases as Cases;

/** Makes a case of each row of a table. */
const each = <T>(rows: readonly [T, ...T[]], make: (row: T) => Case): Cases => {
  const [first, ...rest] = rows;
  return [make(first), ...rest.map(make)];
};

/** Two operands in the ways that they can broadcast. */
const binary = (f: (a: Value, b: Value) => Value, operand: (...shape: number[]) => Operand): Cases =>
  each(
    [
      [[2, 3], [2, 3]],
      [[2, 3], [3]],
      [[2, 1], [4, 1, 3]],
      [[], [2, 2]],
      [[1, 1, 1], [2]],
    ],
    ([a, b]) => ({ operands: [operand(...a!), operand(...b!)], apply: f }),
  ); // biome-ignore format: pairs

interface ConvolutionCase {
  readonly x: number[];
  readonly weight: number[];
  readonly y: number[];
  readonly options: Convolution;
}

const NONE: Padding = [0, 0, 0, 0];

const convolution = (x: number[], weight: number[], given: Partial<Convolution> = {}): ConvolutionCase => {
  const options = { stride: 1, padding: NONE, groups: 1, ...given };
  return { x, weight, y: conv2d(input("x", x), input("w", weight), options).shape.map(Number), options };
};

const CONVOLUTIONS: readonly [ConvolutionCase, ...ConvolutionCase[]] = [
  convolution([2, 3, 4, 5], [4, 3, 1, 1]),
  convolution([1, 2, 5, 4], [3, 2, 1, 1], { stride: 2 }),
  convolution([2, 4, 4, 3], [3, 4, 3, 3], { padding: [1, 1, 1, 1] }),
  convolution([1, 2, 5, 6], [2, 2, 3, 3], { stride: 2, padding: [1, 1, 1, 1] }),
  convolution([1, 2, 4, 6], [2, 2, 3, 3], { stride: 2, padding: [0, 0, 1, 1] }),
  convolution([1, 1, 5, 4], [2, 1, 2, 3], { padding: [2, 0, 1, 1] }),
  convolution([1, 2, 8, 7], [1, 2, 2, 2], { stride: 3 }),
  convolution([1, 4, 3, 4], [6, 2, 3, 3], { padding: [1, 1, 1, 1], groups: 2 }),
  convolution([2, 3, 4, 4], [3, 1, 3, 3], { stride: 2, padding: [0, 0, 1, 1], groups: 3 }),
  convolution([1, 2, 4, 3], [4, 1, 3, 2], { padding: [1, 0, 0, 1], groups: 2 }),
];

interface PoolingCase {
  readonly shape: number[];
  readonly kernel: number;
  readonly window: Window;
}

const POOLINGS: readonly [PoolingCase, ...PoolingCase[]] = [
  { shape: [2, 2, 4, 6], kernel: 2, window: { stride: 2, padding: NONE } },
  { shape: [1, 2, 5, 4], kernel: 3, window: { stride: 2, padding: [1, 1, 1, 1] } },
  { shape: [1, 1, 5, 5], kernel: 2, window: { stride: 1, padding: [0, 1, 1, 0] } },
];

/** Whole numbers of another element type. */
const whole = (dtype: DType, ...shape: number[]): Operand => ({
  shape,
  draw: (rng) => rng.integer(100),
  dtype,
  still: true,
});

/** Whole numbers from 0 up to, not including, `end`. */
const indices = (end: number, ...shape: number[]): Operand => ({
  shape,
  draw: (rng) => rng.integer(end),
  dtype: "int64",
  still: true,
});

/** 4 steps of 3 sequences of 2 numbers into 2 units: each cell, both ways, with lengths and without. */
const RECURRENCES = (["lstm", "gru", "rnn"] as const).flatMap((cell: Cell) =>
  [false, true].flatMap((reverse) =>
    [[], [indices(5, 3)]].map((lengths) => {
      const rows = 2 * GATES[cell];
      const operands = [normal(4, 3, 2), normal(rows, 2), normal(rows, 2), normal(rows)];
      return { recurrence: { cell, reverse }, operands, lengths };
    }),
  ),
);

/** Every operator in every way in which it can be used. Total: an operator without a case does not compile. */
export const CASES: { readonly [K in OpName]: Cases } = {
  input: [{ operands: [normal(2)], apply: (x) => x }],
  constant: [
    { operands: [], apply: () => constant(0.1) },
    { operands: [], apply: () => constant(Float32Array.of(1, -2, 3, 4.5), [2, 2]) },
    { operands: [], apply: () => elementwise.cast(constant(BigInt64Array.of(-3n, 4n)), "float32") },
    { operands: [], apply: () => elementwise.cast(constant(Uint8Array.of(0, 255)), "float32") },
  ],
  uniform: [
    { operands: [whole("int64")], apply: (seed) => uniform(seed, [4, 5], 0) },
    { operands: [whole("int64")], apply: (seed) => uniform(seed, [3], 65_535) },
  ],

  add: binary(elementwise.add, normal),
  subtract: binary(elementwise.subtract, normal),
  multiply: binary(elementwise.multiply, normal),
  divide: binary(elementwise.divide, (...shape) => between(0.5, 2, ...shape)),
  maximum: binary(elementwise.maximum, normal),
  greater: binary(elementwise.greater, coarse),
  equal: binary(elementwise.equal, coarse),
  negate: unary(elementwise.negate, normal(2, 3)),
  exp: unary(elementwise.exp, normal(2, 3)),
  log: unary(elementwise.log, between(0.5, 3, 2, 3)),
  sqrt: unary(elementwise.sqrt, between(0.5, 3, 2, 3)),
  tanh: unary(elementwise.tanh, normal(2, 3)),
  sigmoid: unary(elementwise.sigmoid, normal(2, 3)),
  cos: unary(elementwise.cos, normal(2, 3)),
  sin: unary(elementwise.sin, normal(2, 3)),
  abs: unary(elementwise.abs, offWhole(4, 5)),
  sign: unary(elementwise.sign, coarse(4, 5)),
  relu: unary(elementwise.relu, offWhole(4, 5)),
  relu6: unary(elementwise.relu6, offWhole(4, 5)),
  positive: unary(elementwise.positive, coarse(4, 5)),
  inside6: unary(elementwise.inside6, coarse(4, 5)),
  cast: [
    ...unary((x) => elementwise.cast(x, "float32"), normal(2, 3)),
    ...unary((x) => elementwise.cast(x, "int64"), still(offWhole(2, 3))),
    ...unary((x) => elementwise.cast(x, "bool"), coarse(4, 5)),
    ...unary((x) => elementwise.cast(x, "float32"), whole("uint8", 2, 3)),
    ...unary((x) => elementwise.cast(x, "float32"), whole("int64", 2, 3)),
    ...unary((x) => elementwise.cast(x, "int64"), bits(2, 3)),
  ],
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
  max: [
    ...unary((x) => max(x, [1]), normal(2, 3, 2)),
    ...unary((x) => max(x, [0, -1], true), normal(2, 3, 2)),
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
    { operands: [normal(2, 3), normal(4, 3)], apply: (a, b) => matmul(a, transpose(b, [1, 0])) },
    {
      operands: [normal(3, 2), normal(3, 4)],
      apply: (a, b) => matmul(transpose(a, [1, 0]), transpose(b, [0, 1])),
    },
  ],
  softmax: each([0, 1, 2], (axis) => ({ operands: [normal(2, 4, 3)], apply: (x) => softmax(x, axis) })),
  logSoftmax: each([0, 1, 2], (axis) => ({ operands: [normal(2, 4, 3)], apply: (x) => logSoftmax(x, axis) })),

  conv2d: each(CONVOLUTIONS, ({ x, weight, options }) => ({
    operands: [normal(...x), normal(...weight)],
    apply: (a, b) => conv2d(a, b, options),
  })),
  conv2dInputGradient: each(CONVOLUTIONS, ({ x, weight, y, options }) => ({
    operands: [normal(...y), normal(...weight)],
    apply: (a, b) => conv2dInputGradient(a, b, x, options),
  })),
  conv2dWeightGradient: each(CONVOLUTIONS, ({ x, weight, y, options }) => ({
    operands: [normal(...x), normal(...y)],
    apply: (a, b) => conv2dWeightGradient(a, b, weight, options),
  })),

  maxPool2d: each(POOLINGS, ({ shape, kernel, window }) => ({
    operands: [normal(...shape)],
    apply: (x) => maxPool2d(x, kernel, window),
  })),
  maxPool2dGradient: each(POOLINGS, ({ shape, kernel, window }) => ({
    operands: [normal(...shape)],
    apply: (x) => {
      const y = maxPool2d(x, kernel, window);
      return maxPool2dGradient(x, y, elementwise.cos(y), { kernel, ...window });
    },
  })),

  // The mean and the variance are not among the outputs here: no gradient passes through them.
  batchNorm: [
    {
      operands: [normal(2, 3, 2, 2), normal(3), normal(3)],
      apply: (x, scale, bias) => batchNorm(x, scale, bias, 1e-3).y,
    },
  ],
  batchNormGradient: each([0, 1, 2], (output) => ({
    operands: [normal(2, 3, 2, 2), normal(3), normal(3), between(0.5, 2, 3), normal(2, 3, 2, 2)],
    apply: (x, scale, mean, variance, dy) => batchNormGradient(x, scale, mean, variance, dy, 1e-3)[output]!,
  })),
  batchNormFrozen: [
    {
      operands: [normal(2, 3, 2, 2), normal(3), normal(3), still(normal(3)), still(between(0.5, 2, 3))],
      apply: (x, scale, bias, mean, variance) => batchNormFrozen(x, scale, bias, mean, variance, 1e-3),
    },
  ],
  channelSum: unary(channelSum, normal(2, 3, 2, 4)),
  channelDot: [{ operands: [normal(2, 3, 2, 4), normal(2, 3, 2, 4)], apply: channelDot }],

  recurrent: some(
    RECURRENCES.map(({ recurrence, operands, lengths }) => ({
      operands: [...operands, ...lengths],
      apply: (x, w, r, b, ends) => recurrent(x!, w!, r!, b!, ends, recurrence),
    })),
  ),
  recurrentGradient: some(
    RECURRENCES.map(({ recurrence, operands, lengths }) => ({
      operands: [...operands, normal(4, 3, 2), ...lengths],
      apply: (x, w, r, b, dy, ends) => {
        const all = recurrentGradient(x!, w!, r!, b!, dy!, ends, recurrence);
        return concat(
          all.map((value) => reshape(value, [elements(value.shape)])),
          0,
        );
      },
    })),
  ),
  embedding: [{ operands: [normal(5, 3), indices(5, 2, 4)], apply: embedding }],
  embeddingGradient: [
    {
      operands: [indices(3, 2, 4), normal(2, 4, 3)],
      apply: (ids, dy) => embeddingGradient(ids, dy, [5, 3]),
    },
  ],
  stepMask: [{ operands: [still(normal(4, 3, 2)), indices(5, 3)], apply: stepMask }],
};

/** What an operand is fed: numbers that float32 holds exactly. */
export const drawn = ({ shape, draw }: Operand, rng: Rng): Array64 =>
  array(shape, () => Math.fround(draw(rng)));
