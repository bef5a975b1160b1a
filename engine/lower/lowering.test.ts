import { describe, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Value } from "../graph/value.ts";
import {
  type Convolution,
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  type Padding,
  type Window,
} from "../ops/conv.ts";
import { add, greater, multiply, relu, relu6, subtract, where } from "../ops/elementwise.ts";
import { input } from "../ops/leaf.ts";
import { batchNorm, batchNormFrozen, channelDot, channelSum, perChannel } from "../ops/norm.ts";
import { maxPool2d } from "../ops/pool.ts";
import { mean, reshape, sum, transpose } from "../ops/shape.ts";
import { Rng } from "../random.ts";
import type { Array64 } from "../testing/array.ts";
import { CASES, drawn, type Operand } from "../testing/cases.ts";
import { expectClose } from "../testing/close.ts";
import { compute, LOWERINGS, type Lowering } from "../testing/lowered.ts";
import { evaluate } from "../testing/reference.ts";

const TOLERANCE = 1e-5;

/** Makes the inputs of one graph and remembers what they are fed. */
class Feeds extends Map<Value, Array64> {
  readonly #rng = new Rng(7);

  input(shape: readonly number[], draw = (rng: Rng) => rng.normal()): Value {
    return this.operand({ shape, draw });
  }

  operand(operand: Operand): Value {
    const value = input(`x${this.size}`, operand.shape, operand.dtype);
    this.set(value, drawn(operand, this.#rng));
    return value;
  }
}

async function expectReference(outputs: Readonly<Record<string, Value>>, feeds: Feeds): Promise<void> {
  const names = Object.keys(outputs);
  const values = Object.values(outputs);
  const expected = evaluate(values, feeds);
  for (const lowering of Object.keys(LOWERINGS) as Lowering[]) {
    const actual = await compute(values, feeds, lowering);
    for (const [i, name] of names.entries())
      expectClose(actual[i]!, expected[i]!, TOLERANCE, `${name}, ${lowering}`);
  }
}

interface Case extends Partial<Convolution> {
  /** N, C, H, W */
  readonly x: readonly [number, number, number, number];
  readonly filters: number;
  readonly kernel: readonly [number, number];
}

const NONE: Padding = [0, 0, 0, 0];

const CONVOLUTIONS: Readonly<Record<string, Case>> = {
  pointwise: { x: [3, 5, 4, 6], filters: 7, kernel: [1, 1] },
  "pointwise, stride 2, even size": { x: [2, 5, 6, 4], filters: 3, kernel: [1, 1], stride: 2 },
  "pointwise, stride 2, odd size": { x: [2, 5, 7, 5], filters: 3, kernel: [1, 1], stride: 2 },
  "pointwise, padded": { x: [2, 3, 4, 3], filters: 5, kernel: [1, 1], padding: [1, 0, 2, 1] },
  "im2col 3×3 same": { x: [1, 256, 4, 3], filters: 2, kernel: [3, 3], padding: [1, 1, 1, 1] },
  "im2col 3×3, stride 2, even": { x: [2, 5, 6, 8], filters: 4, kernel: [3, 3], stride: 2, padding: [1, 1, 1, 1] },
  "im2col 3×3, stride 2, odd": { x: [2, 5, 7, 5], filters: 4, kernel: [3, 3], stride: 2, padding: [1, 1, 1, 1] },
  "im2col 3×3, stride 2, one side": { x: [2, 5, 6, 8], filters: 4, kernel: [3, 3], stride: 2, padding: [0, 0, 1, 1] },
  "im2col 7×7 stem": { x: [2, 3, 12, 14], filters: 4, kernel: [7, 7], stride: 2, padding: [3, 3, 3, 3] },
  "im2col 5×5 from one channel": { x: [2, 1, 7, 8], filters: 3, kernel: [5, 5], padding: [2, 2, 2, 2] },
  "im2col 5×5 without padding": { x: [2, 6, 8, 9], filters: 3, kernel: [5, 5] },
  "im2col 2×3, all sides apart": { x: [2, 4, 6, 7], filters: 3, kernel: [2, 3], padding: [1, 0, 2, 1] },
  "im2col, stride 3, pixels left over": { x: [2, 4, 9, 10], filters: 3, kernel: [2, 2], stride: 3 },
  "direct 3×3": { x: [3, 6, 5, 4], filters: 5, kernel: [3, 3], padding: [1, 1, 1, 1] },
  "direct 3×1": { x: [2, 6, 5, 4], filters: 5, kernel: [3, 1], padding: [1, 0, 1, 0] },
  "direct 5×5": { x: [2, 4, 6, 7], filters: 5, kernel: [5, 5], padding: [2, 2, 2, 2] },
  "Winograd, tiles of 2": { x: [3, 32, 6, 2], filters: 36, kernel: [3, 3], padding: [1, 1, 1, 1] },
  "Winograd, tiles of 4": { x: [2, 36, 8, 12], filters: 32, kernel: [3, 3], padding: [1, 1, 1, 1] },
  "depthwise 3×3": { x: [3, 6, 5, 4], filters: 6, kernel: [3, 3], padding: [1, 1, 1, 1], groups: 6 },
  "depthwise, stride 2, one side": { x: [2, 6, 6, 8], filters: 6, kernel: [3, 3], stride: 2, padding: [0, 0, 1, 1], groups: 6 },
  "depthwise, stride 2, odd": { x: [2, 6, 7, 5], filters: 6, kernel: [3, 3], stride: 2, padding: [1, 1, 1, 1], groups: 6 },
  "depthwise, without padding": { x: [2, 6, 7, 5], filters: 6, kernel: [3, 3], groups: 6 },
  grouped: { x: [2, 6, 5, 4], filters: 4, kernel: [3, 3], padding: [1, 1, 1, 1], groups: 2 },
  "grouped, more filters": { x: [2, 4, 6, 5], filters: 8, kernel: [3, 3], stride: 2, padding: [1, 1, 1, 1], groups: 4 },
}; // biome-ignore format: a table

// One session for each lowering: the shapes that the runtime gives are compared with those that the graph infers.
test("every operator of the table, in every way in which it can be used", async () => {
  const feeds = new Feeds();
  const outputs = Object.entries(CASES).flatMap(([name, cases]) =>
    cases.map(({ operands, apply }, i) => {
      const values = operands.map((operand) => feeds.operand(operand));
      return [`${name}, case ${i}`, apply(...values)] as const;
    }),
  );
  await expectReference(Object.fromEntries(outputs), feeds);
});

describe("convolution and its adjoints, alone and added to what they are added to", () => {
  for (const [name, { x: shape, filters, kernel, stride = 1, padding = NONE, groups = 1 }] of Object.entries(
    CONVOLUTIONS,
  )) {
    test(name, async () => {
      const feeds = new Feeds();
      const options: Convolution = { stride, padding, groups };
      const x = feeds.input(shape);
      const weight = feeds.input([filters, shape[1] / groups, ...kernel]);
      const y = conv2d(x, weight, options);
      const dy = feeds.input(y.shape.map(Number));
      const residual = feeds.input(shape);
      const velocity = feeds.input(weight.shape.map(Number));
      const dx = () => conv2dInputGradient(dy, weight, x.shape, options);
      const dw = () => conv2dWeightGradient(x, dy, weight.shape, options);
      await expectReference(
        {
          y,
          dx: dx(),
          dw: dw(),
          "dx + residual": add(dx(), residual),
          "residual + dx": add(residual, dx()),
          "momentum + dw": add(multiply(velocity, 0.9), dw()),
          "dw + velocity": add(dw(), velocity),
        },
        feeds,
      );
    });
  }
});

interface PoolCase {
  readonly x: readonly number[];
  readonly kernel: number;
  readonly window?: Window;
}

const POOLINGS: Readonly<Record<string, PoolCase>> = {
  "2×2": { x: [2, 3, 6, 4], kernel: 2 },
  "2×2, pixels left over": { x: [2, 3, 7, 5], kernel: 2 },
  "3×3, stride 2, padded, even": { x: [2, 3, 6, 8], kernel: 3, window: { stride: 2, padding: [1, 1, 1, 1] } },
  "3×3, stride 2, padded, odd": { x: [2, 3, 7, 5], kernel: 3, window: { stride: 2, padding: [1, 1, 1, 1] } },
  "3×3, stride 1, one side": { x: [2, 3, 5, 4], kernel: 3, window: { stride: 1, padding: [0, 0, 2, 1] } },
}; // biome-ignore format: a table

describe("max pooling and its gradient", () => {
  for (const [name, { x: shape, kernel, window }] of Object.entries(POOLINGS)) {
    test(name, async () => {
      const feeds = new Feeds();
      const x = feeds.input(shape);
      const y = maxPool2d(x, kernel, window);
      const dy = feeds.input(y.shape.map(Number));
      const [dx] = gradients(sum(multiply(y, dy)), [x]);
      await expectReference({ y, dx: dx! }, feeds);
    });
  }
});

describe("batch normalisation and what stands around it", () => {
  const shape = [3, 4, 5, 2];
  const vectors = (feeds: Feeds) => ({
    scale: feeds.input([4]),
    bias: feeds.input([4]),
    mean: feeds.input([4]),
    variance: feeds.input([4], (rng) => rng.uniform(0.5, 2)),
  });

  // Two in one graph, with the same vectors: the runtime's operator writes into its own inputs.
  test("live statistics", async () => {
    const feeds = new Feeds();
    const x = feeds.input(shape, (rng) => 3 + 2 * rng.normal());
    const dy = feeds.input(shape);
    const { scale, bias } = vectors(feeds);
    const first = batchNorm(x, scale, bias, 1e-5);
    const second = batchNorm(relu(first.y), bias, scale, 1e-5);
    const [dx, dscale, dbias] = gradients(sum(multiply(second.y, dy)), [x, scale, bias]);
    await expectReference(
      {
        ...first,
        y2: second.y,
        mean2: second.mean,
        variance2: second.variance,
        dx: dx!,
        dscale: dscale!,
        dbias: dbias!,
      },
      feeds,
    );
  });

  test("frozen statistics", async () => {
    const feeds = new Feeds();
    const x = feeds.input(shape, (rng) => 3 + 2 * rng.normal());
    const dy = feeds.input(shape);
    const { scale, bias, mean, variance } = vectors(feeds);
    const y = batchNormFrozen(x, scale, bias, mean, variance, 1e-5);
    const [dx, dscale, dbias] = gradients(sum(multiply(relu(y), dy)), [x, scale, bias]);
    await expectReference({ y, dx: dx!, dscale: dscale!, dbias: dbias! }, feeds);
  });

  test("sums by channel, one number a channel, global pooling, rectifiers", async () => {
    const feeds = new Feeds();
    const x = feeds.input(shape, (rng) => 3 + 4 * rng.normal());
    const dy = feeds.input([3, 4]);
    const vector = feeds.input([4]);
    const weight = feeds.input([4, 4, 1, 1]);
    // A 1×1 convolution in front makes the training lowering hold a matrix.
    const inside = conv2d(x, weight);
    const grown = add(multiply(inside, perChannel(vector)), perChannel(vector));
    const pooled = mean(relu6(grown), [2, 3]);
    const loss = sum(multiply(pooled, dy));
    const [dx, dvector, dweight] = gradients(loss, [x, vector, weight]);
    await expectReference(
      {
        grown, pooled, loss, dx: dx!, dvector: dvector!, dweight: dweight!,
        total: channelSum(inside),
        dot: channelDot(inside, grown),
        "by row": sum(inside, [3]),
        "by picture": sum(inside, [1, 2, 3], true),
        "picture times number of a picture": multiply(inside, sum(inside, [1, 2, 3], true)),
        flat: reshape(inside, [3, 40]),
        turned: transpose(inside, [0, 2, 3, 1]),
        "number minus": subtract(1, inside),
        larger: where(greater(inside, grown), inside, 0),
      },
      feeds,
    ); // biome-ignore format: short names
  });
});
