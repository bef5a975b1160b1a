import { expect, test } from "vitest";
import type { Examples } from "../data/examples.ts";
import { dropout, linear, named, relu, sequential } from "../nn/layers.ts";
import { adamW, sgd } from "../optim/optimiser.ts";
import { constantRate, cosineDecay } from "../optim/schedule.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { webRuntime } from "../runtime/web.ts";
import { type FitOptions, fitClassifier } from "./fit.ts";

const runtime = nodeRuntime({ threads: 1, spinning: false });

/** Points in the plane, by the quadrant that they are in. */
function quadrants(count: number, seed: number): Examples {
  const rng = new Rng(seed);
  const inputs = Float32Array.from({ length: 2 * count }, () => rng.uniform(-1, 1));
  const labels = Int32Array.from({ length: count }, (_, i) => {
    return Number(inputs[2 * i]! > 0) + 2 * Number(inputs[2 * i + 1]! > 0);
  });
  return { inputs, shape: [2], labels };
}

const network = named(["body", sequential(linear(2, 16), relu(), dropout(0.1))], ["head", linear(16, 4)]);

const options: FitOptions = {
  data: quadrants(330, 1),
  epochs: 6,
  batch: 16,
  optimiser: sgd({ momentum: 0.9 }),
  schedule: (steps) => cosineDecay(0.2, steps),
  seed: 3,
  runtime,
};

test("the loss falls, each epoch is told, and the same seed gives the same weights", async () => {
  const told: number[] = [];
  const first = await fitClassifier(network, { ...options, onEpoch: (_, loss) => told.push(loss) });
  const second = await fitClassifier(network, options);
  const other = await fitClassifier(network, { ...options, seed: 4 });
  expect(first.losses).toEqual(told);
  expect(first.losses).toHaveLength(6);
  expect(first.losses.at(-1)).toBeLessThan(0.5 * first.losses[0]!);
  expect(second).toEqual(first);
  expect(other.losses).not.toEqual(first.losses);
});

test("examples that are never drawn teach nothing", async () => {
  const { data } = options;
  const draws = Float64Array.from(data.labels, (label) => (label === 3 ? 0 : 1));
  const wrong = data.labels.map((label, i) => (label === 3 ? i % 3 : label));
  const one = await fitClassifier(network, { ...options, draws });
  const other = await fitClassifier(network, { ...options, draws, data: { ...data, labels: wrong } });
  expect(other.weights).toEqual(one.weights);
});

test("WebAssembly trains as the processor's own code does", async () => {
  const native = await fitClassifier(network, options);
  const wasm = await fitClassifier(network, { ...options, runtime: await webRuntime({ device: "wasm" }) });
  for (const [epoch, loss] of native.losses.entries()) expect(wasm.losses[epoch]).toBeCloseTo(loss, 3);
});

test("goes on from weights, training only the parameters asked for", async () => {
  const { weights } = await fitClassifier(network, options);
  const tuned = await fitClassifier(network, {
    ...options,
    weights,
    trains: (name) => name.startsWith("head."),
    optimiser: adamW(),
    schedule: () => constantRate(0.01),
  });
  expect(tuned.weights.get("body.0.weight")).toEqual(weights.get("body.0.weight"));
  expect(tuned.weights.get("head.weight")).not.toEqual(weights.get("head.weight"));
});

test("examples and weights that do not fit are named", async () => {
  const { data } = options;
  const fitOn = (changed: Partial<FitOptions>) => fitClassifier(network, { ...options, ...changed });
  await expect(fitOn({ data: { ...data, labels: data.labels.with(7, 4) } })).rejects.toMatchObject({
    code: "input",
    message: "Example 7 has the label 4, but the network tells 4 classes apart; labels go from 0 to 3.",
  });
  await expect(fitOn({ data: { ...data, labels: data.labels.slice(1) } })).rejects.toThrow(
    "The examples hold 660 numbers, but 329 labels of shape [2] want 658.",
  );
  await expect(fitOn({ batch: 331 })).rejects.toThrow("There are 330 examples, fewer than one batch of 331");
  await expect(fitOn({ weights: new Map() })).rejects.toMatchObject({
    code: "weights",
    message:
      'The weights lack "body.0.weight", but the network has it as [16, 2]. Are they of another network?',
  });
});
