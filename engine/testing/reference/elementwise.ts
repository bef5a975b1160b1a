import type { DType } from "../../graph/value.ts";
import { type Array64, array, broadcastAt, broadcastShape, tabulate } from "../array.ts";
import type { ReferenceRules } from "./rule.ts";

const unary =
  (f: (x: number) => number) =>
  ([x]: readonly Array64[]): Array64 =>
    array(x!.shape, (i) => f(x!.data[i]!));

/** Any number of operands, all of which broadcast. */
const joint =
  (f: (...operands: number[]) => number) =>
  (inputs: readonly Array64[]): Array64 =>
    tabulate(broadcastShape(...inputs.map(({ shape }) => shape)), (place) =>
      f(...inputs.map((x) => broadcastAt(x, place))),
    );

const CASTS: { readonly [T in DType]: (x: number) => number } = {
  float32: (x) => x,
  int64: Math.trunc,
  uint8: (x) => Math.trunc(x) & 0xff,
  bool: (x) => Number(x !== 0),
};

export const elementwise = {
  add: joint((a, b) => a! + b!),
  subtract: joint((a, b) => a! - b!),
  multiply: joint((a, b) => a! * b!),
  divide: joint((a, b) => a! / b!),
  maximum: joint((a, b) => Math.max(a!, b!)),
  greater: joint((a, b) => Number(a! > b!)),
  equal: joint((a, b) => Number(a! === b!)),
  negate: unary((x) => -x),
  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  tanh: unary(Math.tanh),
  sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  cos: unary(Math.cos),
  sin: unary(Math.sin),
  abs: unary(Math.abs),
  sign: unary(Math.sign),
  relu: unary((x) => Math.max(x, 0)),
  relu6: unary((x) => Math.min(Math.max(x, 0), 6)),
  positive: unary((x) => Number(x > 0)),
  inside6: unary((x) => Number(x > 0 && x < 6)),
  cast: ([x], { to }) => unary(CASTS[to])([x!]),
  where: joint((condition, a, b) => (condition ? a! : b!)),
} satisfies Partial<ReferenceRules>;
