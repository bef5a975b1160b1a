import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Value } from "../graph/value.ts";
import { Rng } from "../random.ts";
import { type Array64, size } from "../testing/array.ts";
import { CASES, type Case, drawn, type Operand } from "../testing/cases.ts";
import { evaluate } from "../testing/reference.ts";
import { add, multiply } from "./elementwise.ts";
import { OPS, type OpName } from "./index.ts";
import { input } from "./leaf.ts";
import { sum } from "./shape.ts";

const H = 1e-5;
const TOLERANCE = 1e-8;

/**
 * The gradients of Σ y ∘ (random numbers) by the rules, against (f(x + h) − f(x − h)) / 2h for each element.
 * `order` 2 does the same to Σ (gradient ∘ random numbers): the gradients of the gradients.
 */
function check({ operands, apply }: Case, order: 1 | 2): void {
  const rng = new Rng(11);
  const feeds = new Map<Value, Array64>();
  const feed = (operand: Operand) => {
    const value = input(`x${feeds.size}`, operand.shape, operand.dtype);
    feeds.set(value, drawn(operand, rng));
    return value;
  };
  const weighted = (value: Value) =>
    sum(multiply(value, feed({ shape: value.shape.map(Number), draw: () => rng.normal() })));

  const inputs = operands.map(feed);
  const wanted = inputs.filter((_, i) => !operands[i]!.still);
  let scalar = weighted(apply(...inputs));
  if (order === 2) {
    // The inputs themselves are added so that the scalar depends on each, which a gradient need not.
    scalar = [...gradients(scalar, wanted), ...wanted].map(weighted).reduce((a, b) => add(a, b));
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

/** Operators that no gradient passes; the list keeps a rule from becoming a stop by mistake. */
const STOPS: readonly OpName[] = [
  "input",
  "constant",
  "greater",
  "equal",
  "sign",
  "positive",
  "inside6",
  "max",
  "maxPool2dGradient",
  "batchNormGradient",
  "recurrentGradient",
  "stepMask",
  "uniform",
];

describe("each gradient rule agrees with central differences", () => {
  for (const name of Object.keys(OPS) as OpName[]) {
    if (STOPS.includes(name)) continue;
    test(name, () => {
      const cases = CASES[name].filter(({ operands }) => operands.some(({ still }) => !still));
      expect(cases).not.toEqual([]);
      for (const each of cases) check(each, 1);
    });
  }

  test("the others say why they have none", () => {
    const without = (Object.keys(OPS) as OpName[]).filter((name) => "stop" in OPS[name].op.gradient);
    expect(without.toSorted()).toEqual(STOPS.toSorted());
  });
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
  "embedding",
  "embeddingGradient",
] as const satisfies readonly OpName[];

describe("so do gradients of gradients", () => {
  for (const name of TWICE) {
    test(name, () => {
      const cases = CASES[name];
      for (const each of cases.length > 5 ? cases.filter((_, i) => i % 2 === 1) : cases) check(each, 2);
    });
  }

  test("where they are not offered, that is an error and not a wrong number", () => {
    for (const name of ["maxPool2d", "batchNorm", "recurrent"] as const) {
      expect(() => check(CASES[name][0]!, 2)).toThrow(/^gradients: .* second derivatives .* not offered\.$/);
    }
  });
});
