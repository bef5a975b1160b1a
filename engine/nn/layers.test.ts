import { describe, expect, test } from "vitest";
import type { Value } from "../graph/value.ts";
import { input } from "../ops/leaf.ts";
import { Rng } from "../random.ts";
import { type Array64, array } from "../testing/array.ts";
import { compute } from "../testing/lowered.ts";
import { evaluate } from "../testing/reference.ts";
import {
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  globalAveragePool,
  linear,
  maxPool,
  named,
  relu,
  residual,
  sequential,
} from "./layers.ts";
import { type Built, build, type Layer, type Mode } from "./scope.ts";

const seed = input("seed", [], "int64");
const TRAINING: Mode = { training: true, statistics: "live", seed };
const INFERENCE: Mode = { training: false, statistics: "live" };

const shapes = ({ slots }: Built) => Object.fromEntries([...slots].map(([name, { shape }]) => [name, shape]));

describe("layers own tensors by torchvision's names and shapes", () => {
  test("in sequences, under names, beside shortcuts", () => {
    const block = residual(
      named(["conv1", conv2d(3, 4, { kernel: 3, padding: 1, bias: false })], ["bn1", batchNorm2d(4)]),
      ["downsample", sequential(conv2d(3, 4, { kernel: 1 }), batchNorm2d(4))],
    );
    const network = named(
      ["layer1", sequential(block, relu())],
      ["", maxPool(2)],
      ["", globalAveragePool()],
      ["fc", linear(4, 5)],
    );
    const built = build(network, ["N", 3, 8, 8], INFERENCE);
    expect(shapes(built)).toEqual({
      "layer1.0.conv1.weight": [4, 3, 3, 3],
      "layer1.0.bn1.weight": [4],
      "layer1.0.bn1.bias": [4],
      "layer1.0.bn1.running_mean": [4],
      "layer1.0.bn1.running_var": [4],
      "layer1.0.downsample.0.weight": [4, 3, 1, 1],
      "layer1.0.downsample.0.bias": [4],
      "layer1.0.downsample.1.weight": [4],
      "layer1.0.downsample.1.bias": [4],
      "layer1.0.downsample.1.running_mean": [4],
      "layer1.0.downsample.1.running_var": [4],
      "fc.weight": [5, 4],
      "fc.bias": [5],
    });
    expect(built.output.shape).toEqual(["N", 5]);
  });

  test("a name that is taken is an error that says so", () => {
    const twice = named(["fc", linear(2, 2)], ["fc", linear(2, 2)]);
    expect(() => build(twice, [1, 2], INFERENCE)).toThrow(
      'scope: "fc.weight" is there already; name the layers apart.',
    );
  });
});

test("padding is on all sides, or on each by itself", () => {
  const size = (padding: number | readonly [number, number, number, number]) =>
    build(conv2d(1, 1, { kernel: 3, stride: 2, padding }), [1, 1, 8, 6], INFERENCE).output.shape;
  expect(size(1)).toEqual([1, 1, 4, 3]);
  expect(size([0, 0, 1, 1])).toEqual([1, 1, 4, 3]);
  expect(size([0, 0, 1, 2])).toEqual([1, 1, 4, 3]);
  expect(size(0)).toEqual([1, 1, 3, 2]);
});

test("flatten keeps the batch, named or not", () => {
  expect(build(flatten(), ["N", 2, 3, 4], INFERENCE).output.shape).toEqual(["N", 24]);
  expect(build(flatten(), [5, 2, 3, 4], INFERENCE).output.shape).toEqual([5, 24]);
});

describe("batch normalisation", () => {
  const shape = [4, 2, 3, 3];
  const rng = new Rng(5);
  const x = array(shape, () => 2 + 3 * rng.normal());

  const run = (mode: Mode, momentum = 0.1) => {
    const built = build(batchNorm2d(2, { momentum }), shape, mode);
    const feeds = new Map<Value, Array64>([[built.input, x]]);
    for (const { value, shape, initial } of built.slots.values())
      feeds.set(value, { shape, data: new Float64Array(initial(shape, rng)) });
    const of = (value: Value) => evaluate([value], feeds)[0]!.data;
    return { of, output: of(built.output), updates: built.updates };
  };

  const ofChannel = (data: Float64Array, c: number) =>
    [...data].filter((_, i) => Math.floor(i / 9) % 2 === c);
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b) / list.length;
  const variance = (list: readonly number[]) => mean(list.map((e) => (e - mean(list)) ** 2));

  test("of this batch: mean 0, variance 1 in each channel", () => {
    const { output } = run(TRAINING);
    for (const c of [0, 1]) {
      expect(mean(ofChannel(output, c))).toBeCloseTo(0, 6);
      expect(variance(ofChannel(output, c))).toBeCloseTo(1, 4);
    }
  });

  test("moves the running statistics by the momentum, the variance unbiased", () => {
    const { of, updates } = run(TRAINING, 0.25);
    expect([...updates.keys()]).toEqual(["running_mean", "running_var"]);
    for (const c of [0, 1]) {
      const list = ofChannel(x.data, c);
      expect(of(updates.get("running_mean")!)[c]).toBeCloseTo(0.25 * mean(list), 6);
      expect(of(updates.get("running_var")!)[c]).toBeCloseTo(0.75 + (0.25 * variance(list) * 36) / 35, 5);
    }
  });

  test("by stored statistics, frozen or in inference, changes none", () => {
    for (const mode of [{ ...TRAINING, statistics: "frozen" } as const, INFERENCE]) {
      const { output, updates } = run(mode);
      expect(updates.size).toBe(0);
      expect(output[0]).toBeCloseTo(x.data[0]! / Math.sqrt(1 + 1e-5), 6);
    }
  });
});

describe("dropout", () => {
  const COUNT = 20_000;
  const ones = array([COUNT], () => 1);

  /** What becomes of ones, by seed. */
  async function dropped(layer: Layer, at: number): Promise<Float64Array> {
    const built = build(layer, [COUNT], TRAINING);
    const feeds = new Map([
      [built.input, ones],
      [seed, array([], () => at)],
    ]);
    return (await compute([built.output], feeds, "training"))[0]!.data;
  }

  const alike = (a: Float64Array, b: Float64Array) => a.filter((x, i) => x === b[i]).length / COUNT;

  test("drops at its rate and scales the rest up", async () => {
    for (const rate of [0.2, 0.5]) {
      const left = await dropped(dropout(rate), 3);
      const kept = left.filter((x) => x !== 0);
      // Five standard deviations of a binomial distribution.
      expect(Math.abs(kept.length / COUNT - (1 - rate))).toBeLessThan(
        5 * Math.sqrt((rate * (1 - rate)) / COUNT),
      );
      for (const x of kept) expect(x).toBeCloseTo(1 / (1 - rate), 6);
    }
  });

  test("the same seed drops the same units, another seed and another layer others", async () => {
    const first = await dropped(dropout(0.5), 3);
    expect(await dropped(dropout(0.5), 3)).toEqual(first);
    const tolerance = 5 * Math.sqrt(0.25 / COUNT);
    expect(Math.abs(alike(await dropped(dropout(0.5), 4), first) - 0.5)).toBeLessThan(tolerance);
    expect(Math.abs(alike(await dropped(named(["b", dropout(0.5)]), 3), first) - 0.5)).toBeLessThan(
      tolerance,
    );
  });

  test("does nothing in inference, nor at rate 0", () => {
    for (const [layer, mode] of [[dropout(0.5), INFERENCE], [dropout(0), TRAINING]] as const) {
      const built = build(layer, [3], mode);
      expect(built.output).toBe(built.input);
    }
  }); // biome-ignore format: pairs

  test("refuses what is no rate, and training without a seed", () => {
    expect(() => dropout(1)).toThrow("dropout: the rate is 1, wanted 0 up to, not including, 1.");
    expect(() => build(dropout(0.5), [3], { training: true, statistics: "live" })).toThrow("no seed");
  });
});
