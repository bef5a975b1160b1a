import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Value } from "../graph/value.ts";
import { multiply } from "../ops/elementwise.ts";
import { constant, input } from "../ops/leaf.ts";
import { sum } from "../ops/shape.ts";
import { Rng } from "../random.ts";
import { type Array64, array, at, size, tabulate } from "../testing/array.ts";
import { expectClose } from "../testing/close.ts";
import { compute, type Lowering } from "../testing/lowered.ts";
import { evaluate } from "../testing/reference.ts";
import { layerNorm } from "./layers.ts";
import { type Built, build, type Layer, type Mode } from "./scope.ts";
import {
  attentionOverTime,
  embedding,
  gru,
  lstm,
  maxOverTime,
  meanOverTime,
  rnn,
  type SequenceLayer,
  type SequencePool,
} from "./sequence.ts";

const INFERENCE: Mode = { training: false, statistics: "frozen" };
const VOCABULARY = 9;
const WIDTH = 5;
const HIDDEN = 6;

const POOLS = { mean: meanOverTime(), max: maxOverTime(), attention: attentionOverTime(2 * HIDDEN, 4) };
const LAYERS = { lstm, gru, rnn };
const TWO_WAYS = { bidirectional: true, layers: 2 };

/** Tokens to one vector, by a recurrent network and a pool. */
const network =
  (layer: SequenceLayer, pool: SequencePool): Layer =>
  (ids, scope) =>
    pool(layer(embedding(VOCABULARY, WIDTH)(ids, scope.child("embedding")), scope.child("layer")), scope);

/** A batch of token sequences, filled up with 0 to `steps`. */
const batchOf = (sequences: readonly (readonly number[])[], steps: number): Array64 =>
  tabulate([sequences.length, steps], ([n, t]) => sequences[n!]![t!] ?? 0);

function weightsOf({ slots }: Built): Map<Value, Array64> {
  const rng = new Rng(2);
  return new Map(
    [...slots.values()].map(({ name, value, shape, initial }) => [
      value,
      { shape, data: new Float64Array(initial(shape, rng.fork(name))) },
    ]),
  );
}

/** What a network makes of a batch, and the gradients of Σ output ∘ (numbers by sequence and unit). */
async function run(layer: Layer, ids: Array64, lowering: Lowering, names = [...ids.shape.keys()]) {
  const built = build(layer, ids.shape, INFERENCE, "ids", "int64");
  const [n, units] = built.output.shape.map(Number) as [number, number];
  // Each sequence's own numbers, wherever in the batch it is.
  const numbers = Float32Array.from({ length: n * units }, (_, i) =>
    Math.cos(names[Math.floor(i / units)]! * 7 + (i % units)),
  );
  const loss = sum(multiply(built.output, constant(numbers, [n, units])));
  const parameters = [...built.slots.values()].map(({ value }) => value);
  const feeds = weightsOf(built).set(built.input, ids);
  const [output, ...found] = await compute([built.output, ...gradients(loss, parameters)], feeds, lowering);
  return { output: output!, gradients: found };
}

const SEQUENCES = [[3, 1, 4, 1, 5], [2], [6, 5, 3, 5, 8, 7, 1], [], [1, 1, 2, 3]];
const ORDER = SEQUENCES.map((_, i) => i);

describe("what is trained is what is served", () => {
  for (const [name, layer] of Object.entries(LAYERS)) {
    test(`${name}: two layers, two ways, sequences of several lengths`, async () => {
      for (const pool of Object.values(POOLS)) {
        const both = network(layer(WIDTH, HIDDEN, TWO_WAYS), pool);
        const ids = batchOf(SEQUENCES, 8);
        const served = await run(both, ids, "plain", ORDER);
        const trained = await run(both, ids, "training", ORDER);
        expectClose(trained.output, served.output, 1e-6, "output");
        for (const [i, gradient] of trained.gradients.entries())
          expectClose(gradient, served.gradients[i]!, 1e-5, `gradient ${i}`);
      }
    });
  }
});

describe("what fills a batch up changes nothing", () => {
  for (const [name, layer] of Object.entries(LAYERS)) {
    test(name, async () => {
      for (const [what, pool] of Object.entries(POOLS)) {
        const both = network(layer(WIDTH, HIDDEN, TWO_WAYS), pool);
        const short = await run(both, batchOf(SEQUENCES, 7), "training", ORDER);
        const long = await run(both, batchOf(SEQUENCES, 12), "training", ORDER);
        expectClose(long.output, short.output, 1e-6, what);
        for (const [i, gradient] of long.gradients.entries())
          expectClose(gradient, short.gradients[i]!, 1e-5, `${what}, gradient ${i}`);
        for (const element of short.output.data) expect(Number.isFinite(element)).toBe(true);
      }
    });
  }

  test("nor do numbers behind the end that are not 0", async () => {
    const rng = new Rng(4);
    const x = array([6, 3, WIDTH], () => rng.normal());
    const other = tabulate(x.shape, (place) => at(x, place) + (place[0]! >= [4, 0, 6][place[1]!]! ? 100 : 0));
    const lengths = input("lengths", [3], "int64");
    const layer: Layer = (value, scope) => {
      const read = lstm(WIDTH, HIDDEN, TWO_WAYS)({ steps: value, lengths }, scope);
      return meanOverTime()(read, scope);
    };
    const built = build(layer, x.shape, INFERENCE);
    const of = async (values: Array64, lowering: Lowering) => {
      const feeds = weightsOf(built)
        .set(built.input, values)
        .set(
          lengths,
          array([3], (i) => [4, 0, 6][i]!),
        );
      const [dx] = gradients(sum(multiply(built.output, built.output)), [built.input]);
      return compute([built.output, dx!], feeds, lowering);
    };
    for (const lowering of ["plain", "training"] as const) {
      const [output, dx] = await of(x, lowering);
      const [changed, dxChanged] = await of(other, lowering);
      expect(changed!.data).toEqual(output!.data);
      expect(dxChanged!.data).toEqual(dx!.data);
    }
  });
});

test("the order of a batch is of no account", async () => {
  const turned = [3, 0, 4, 2, 1];
  for (const layer of Object.values(LAYERS)) {
    const both = network(layer(WIDTH, HIDDEN, TWO_WAYS), POOLS.attention);
    const straight = await run(both, batchOf(SEQUENCES, 7), "training", ORDER);
    const mixed = await run(
      both,
      batchOf(
        turned.map((i) => SEQUENCES[i]!),
        7,
      ),
      "training",
      turned,
    );
    const put = tabulate(straight.output.shape, ([n, unit]) => at(straight.output, [turned[n!]!, unit!]));
    expectClose(mixed.output, put, 1e-6, "output");
    for (const [i, gradient] of mixed.gradients.entries())
      expectClose(gradient, straight.gradients[i]!, 1e-5, `gradient ${i}`);
  }
});

test("a sequence read backwards is its mirror image read forwards", async () => {
  const lengths = [6, 2, 4];
  const rng = new Rng(6);
  const x = array([6, 3, WIDTH], () => rng.normal());
  const mirror = (values: Array64) =>
    tabulate(values.shape, ([t, n, unit]) =>
      t! < lengths[n!]! ? at(values, [lengths[n!]! - 1 - t!, n!, unit!]) : 0,
    );
  for (const layer of Object.values(LAYERS)) {
    const ends = constant(BigInt64Array.from(lengths, BigInt));
    const both: Layer = (steps, scope) =>
      layer(WIDTH, HIDDEN, { bidirectional: true })({ steps, lengths: ends }, scope).steps;
    const built = build(both, x.shape, INFERENCE);
    const weights = weightsOf(built);
    // The same weights for both directions.
    for (const { name, value } of built.slots.values()) {
      const twin = built.slots.get(name.replace("backward", "forward"))!;
      weights.set(value, weights.get(twin.value)!);
    }
    const [straight] = await compute([built.output], new Map(weights).set(built.input, x), "training");
    const [mirrored] = await compute(
      [built.output],
      new Map(weights).set(built.input, mirror(x)),
      "training",
    );
    const half = (values: Array64, from: number) =>
      tabulate([6, 3, HIDDEN], ([t, n, unit]) => at(values, [t!, n!, from + unit!]));
    expectClose(half(mirrored!, HIDDEN), mirror(half(straight!, 0)), 1e-6);
    expectClose(half(mirrored!, 0), mirror(half(straight!, HIDDEN)), 1e-6);
  }
});

test("pools: what they say of sequences by hand", () => {
  const x = array([3, 2, 1], (i) => [1, -5, 4, -3, 100, 100][i]!);
  const lengths = constant(BigInt64Array.of(2n, 1n));
  const of = (pool: SequencePool, ends?: Value) => {
    const built = build((value, scope) => pool({ steps: value, lengths: ends }, scope), x.shape, INFERENCE);
    const [vectors] = evaluate([built.output], weightsOf(built).set(built.input, x));
    return [...vectors!.data].map((number) => Math.round(1e4 * number) / 1e4);
  };
  expect(of(meanOverTime(), lengths)).toEqual([2.5, -5]);
  expect(of(maxOverTime(), lengths)).toEqual([4, -5]);
  expect(of(attentionOverTime(1), lengths)[1]).toBe(-5);
  expect(of(meanOverTime())).toEqual([35, 30.6667]);
  expect(of(maxOverTime())).toEqual([100, 100]);
});

test("layer normalisation: each vector to mean 0 and variance 1", () => {
  const rng = new Rng(8);
  const x = array([3, 2, 50], () => 4 + 3 * rng.normal());
  const built = build(layerNorm(50), x.shape, INFERENCE);
  const [y] = evaluate([built.output], weightsOf(built).set(built.input, x));
  for (let from = 0; from < size(x.shape); from += 50) {
    const vector = y!.data.subarray(from, from + 50);
    expect(vector.reduce((a, b) => a + b) / 50).toBeCloseTo(0, 6);
    expect(vector.reduce((a, b) => a + b * b, 0) / 50).toBeCloseTo(1, 4);
  }
});

test("the forget gates of an LSTM begin open", () => {
  const { slots } = build((x, scope) => lstm(2, 50)({ steps: x }, scope).steps, [1, 1, 2], INFERENCE);
  const { shape, initial } = slots.get("0.forward.bias")!;
  const bias = initial(shape, new Rng(1));
  const mean = (gate: number) => bias.subarray(50 * gate, 50 * (gate + 1)).reduce((a, b) => a + b) / 50;
  for (const gate of [0, 1, 2, 3]) expect(mean(gate)).toBeCloseTo(gate === 2 ? 1 : 0, 1);
});
