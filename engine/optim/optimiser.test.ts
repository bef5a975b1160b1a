import { describe, expect, test } from "vitest";
import type { Value } from "../graph/value.ts";
import { input } from "../ops/leaf.ts";
import { type Array64, array } from "../testing/array.ts";
import { draw, readGolden } from "../testing/golden.ts";
import { evaluate } from "../testing/reference.ts";
import { adagrad, adam, adamW, clipByNorm, type Optimiser, penalise, rmsprop, sgd } from "./optimiser.ts";

const RATE = 0.1;
const STEPS = 6;
const COUNT = 6;

const gradientOf = (step: number) => draw(`gradient ${step}`, COUNT).map(Math.fround);

/** Where an optimiser's graph takes the golden weight, step by step. */
function path({ memory, scaled, update }: Optimiser, rateOf = (_: number) => RATE): number[][] {
  const [weight, gradient, rate, step] = [
    input("weight", [COUNT]),
    input("gradient", [COUNT]),
    input("rate", []),
    input("step", []),
  ];
  const state = Object.fromEntries(memory.map((name) => [name, input(name, [COUNT])]));
  const updated = update({ weight, gradient, rate, step, state });
  let now = array([COUNT], (i) => Math.fround(draw("weight", COUNT)[i]!));
  let kept = new Map<string, Array64>(memory.map((name) => [name, array([COUNT])]));
  return Array.from({ length: STEPS }, (_, t) => {
    const eta = rateOf(t);
    const given = gradientOf(t);
    const feeds = new Map<Value, Array64>([
      [weight, now],
      [gradient, { shape: [COUNT], data: scaled ? given.map((g) => -eta * g) : given }],
      [rate, array([], () => eta)],
      [step, array([], () => t)],
      ...memory.map((name) => [state[name]!, kept.get(name)!] as const),
    ]);
    const [next, ...remembered] = evaluate(
      [updated.weight, ...memory.map((name) => updated.state[name]!)],
      feeds,
    );
    now = next!;
    kept = new Map(memory.map((name, i) => [name, remembered[i]!]));
    return [...now.data];
  });
}

/** A paper's recurrence for one number: remembers in `memory`, gives the number's change. */
type Recurrence = (memory: { [name: string]: number }, gradient: number, weight: number, t: number) => number;

/** Where the recurrence takes the golden weight. */
function recurrence(change: Recurrence): number[][] {
  const weight = [...draw("weight", COUNT)].map(Math.fround);
  const memories = weight.map(() => ({}));
  return Array.from({ length: STEPS }, (_, t) => {
    for (const [i, g] of gradientOf(t).entries()) weight[i]! += change(memories[i]!, g, weight[i]!, t + 1);
    return [...weight];
  });
}

const adamChange =
  (decay: number): Recurrence =>
  (memory, g, w, t) => {
    memory.m = 0.9 * (memory.m ?? 0) + 0.1 * g;
    memory.v = 0.999 * (memory.v ?? 0) + 0.001 * g * g;
    const mean = memory.m / (1 - 0.9 ** t);
    const square = memory.v / (1 - 0.999 ** t);
    return -RATE * (mean / (Math.sqrt(square) + 1e-8) + decay * w);
  };

const OPTIMISERS: Readonly<Record<string, { optimiser: Optimiser; paper: Recurrence }>> = {
  sgd: { optimiser: sgd(), paper: (_, g) => -RATE * g },
  // Sutskever et al. 2013, eq. 1 and 2
  momentum: {
    optimiser: sgd({ momentum: 0.9 }),
    paper: (memory, g) => {
      memory.v = 0.9 * (memory.v ?? 0) - RATE * g;
      return memory.v;
    },
  },
  // Bengio et al. 2013, eq. 7: the step at which the gradient is taken is already part of the weight
  nesterov: {
    optimiser: sgd({ momentum: 0.9, nesterov: true }),
    paper: (memory, g) => {
      const before = memory.v ?? 0;
      memory.v = 0.9 * before - RATE * g;
      return 0.9 * 0.9 * before - 1.9 * RATE * g;
    },
  },
  // Duchi et al. 2011, figure 1, diagonal
  adagrad: {
    optimiser: adagrad(),
    paper: (memory, g) => {
      memory.s = (memory.s ?? 0) + g * g;
      return (-RATE * g) / (Math.sqrt(memory.s) + 1e-10);
    },
  },
  // Tieleman and Hinton 2012, lecture 6.5
  rmsprop: {
    optimiser: rmsprop(),
    paper: (memory, g) => {
      memory.s = 0.99 * (memory.s ?? 0) + 0.01 * g * g;
      return (-RATE * g) / (Math.sqrt(memory.s) + 1e-8);
    },
  },
  // Kingma and Ba 2015, algorithm 1
  adam: { optimiser: adam(), paper: adamChange(0) },
  // Loshchilov and Hutter 2019, algorithm 2
  adamw: { optimiser: adamW({ weightDecay: 0.05 }), paper: adamChange(0.05) },
};

describe("every optimiser goes where its paper's recurrence and PyTorch go", () => {
  const golden = readGolden<readonly (readonly number[])[]>("optimisers");
  for (const [name, { optimiser, paper }] of Object.entries(OPTIMISERS)) {
    test(name, () => {
      const found = path(optimiser);
      for (const expected of [recurrence(paper), golden[name]!]) {
        for (const [t, weights] of expected.entries())
          for (const [i, weight] of weights.entries()) expect(found[t]![i]).toBeCloseTo(weight, 6);
      }
    });
  }

  test("all of PyTorch's are there", () => {
    expect(Object.keys(OPTIMISERS).toSorted()).toEqual(Object.keys(golden).toSorted());
  });
});

test("momentum keeps the rate that a gradient came with", () => {
  const found = path(sgd({ momentum: 0.9 }), (t) => (t === 0 ? 1 : 0));
  const [first, second] = found;
  const start = draw("weight", COUNT);
  for (let i = 0; i < COUNT; i++) {
    const step = first![i]! - Math.fround(start[i]!);
    expect(second![i]! - first![i]!).toBeCloseTo(0.9 * step, 6);
  }
});

const feedsOf = (values: Readonly<Record<string, readonly number[]>>) => {
  const entries = Object.entries(values).map(([name, data]) => ({
    value: input(name, [data.length]),
    fed: { shape: [data.length], data: Float64Array.from(data) },
  }));
  return {
    values: entries.map(({ value }) => value),
    feeds: new Map(entries.map(({ value, fed }) => [value, fed])),
  };
};

test("penalties add λ₁ sign(w) + λ₂ w to the gradient", () => {
  const { values, feeds } = feedsOf({ weight: [-2, 0, 0.5], gradient: [1, 1, 1] });
  const [weight, gradient] = values as [Value, Value];
  const numbers = (value: Value) => [...evaluate([value], feeds)[0]!.data];
  expect(numbers(penalise(weight, gradient, 0.25, 0))).toEqual([0.75, 1, 1.25]);
  expect(numbers(penalise(weight, gradient, 0, 0.5))).toEqual([0, 1, 1.25]);
  expect(numbers(penalise(weight, gradient, 0.25, 0.5))).toEqual([-0.25, 1, 1.5]);
  expect(penalise(weight, gradient, 0, 0)).toBe(gradient);
});

describe("clipping by the joint norm", () => {
  const { values, feeds } = feedsOf({ a: [3, 0], b: [0, 4, 0] });
  const clipped = (limit: number) =>
    evaluate(clipByNorm(values, limit), feeds).map(({ data }) => [...data].map((x) => Number(x.toFixed(9))));

  test("scales all gradients alike when it is above the limit", () => {
    expect(clipped(1)).toEqual([
      [0.6, 0],
      [0, 0.8, 0],
    ]);
  });

  test("leaves them alone when it is not", () => {
    expect(clipped(5)).toEqual([
      [3, 0],
      [0, 4, 0],
    ]);
    expect(clipped(7)).toEqual([
      [3, 0],
      [0, 4, 0],
    ]);
  });

  test("gradients of 0 stay 0", () => {
    const zero = new Map([...feeds].map(([value, { shape }]) => [value, array(shape)]));
    expect([...evaluate(clipByNorm(values, 1), zero)[0]!.data]).toEqual([0, 0]);
  });
});
