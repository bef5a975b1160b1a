import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Value } from "../graph/value.ts";
import { crossEntropy } from "../nn/loss.ts";
import { build } from "../nn/scope.ts";
import { input } from "../ops/leaf.ts";
import { Rng } from "../random.ts";
import { type Array64, array } from "../testing/array.ts";
import { compute } from "../testing/lowered.ts";
import { mobilenetV2 } from "./mobilenet.ts";
import { classifier, type Network } from "./network.ts";
import { resnet18 } from "./resnet.ts";

const CLASSES = 5;
const BATCH = 4;
const PIXELS = 64;

/** ‖a − b‖, or ‖a‖ */
function norm(a: Array64, b?: Array64): number {
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) squares += (a.data[i]! - (b ? b.data[i]! : 0)) ** 2;
  return Math.sqrt(squares);
}

/** Loss and gradients of a network at random weights, by name. */
function lossAndGradients(network: Network, statistics: "live" | "frozen") {
  const rng = new Rng(3);
  const seed = input("seed", [], "int64");
  const shape = [BATCH, 3, PIXELS, PIXELS];
  const {
    input: batch,
    output,
    slots,
  } = build(classifier(network), shape, { training: true, statistics, seed });
  const targets = input("targets", [BATCH, CLASSES]);
  const feeds = new Map<Value, Array64>([
    [seed, array([], () => 1)],
    [batch, array(shape, () => rng.normal())],
    [targets, array([BATCH, CLASSES], (i) => Number(i % (CLASSES + 1) === 0))],
  ]);
  for (const { name, value, shape, initial } of slots.values())
    feeds.set(value, { shape, data: new Float64Array(initial(shape, rng.fork(name))) });
  const parameters = [...slots.values()].filter(({ kind }) => kind === "parameter");
  const loss = crossEntropy(output, targets, 0.1);
  return {
    names: ["loss", ...parameters.map(({ name }) => name)],
    outputs: [
      loss,
      ...gradients(
        loss,
        parameters.map(({ value }) => value),
      ),
    ],
    feeds,
  };
}

/**
 * Both compute in float32, in another order. `limit` is of a gradient's error against that gradient, except
 * where it is against all gradients together: with live statistics MobileNetV2 has biases whose true gradient
 * is 0, and units so close to the edges of ReLU6 that a change of 1e-7 in the input moves gradients by 4e-4.
 */
const CASES = [
  { network: resnet18(CLASSES), statistics: "live", limit: 2e-5, against: "each" },
  { network: resnet18(CLASSES), statistics: "frozen", limit: 1e-5, against: "each" },
  { network: mobilenetV2(CLASSES), statistics: "live", limit: 1e-2, against: "all" },
  { network: mobilenetV2(CLASSES), statistics: "frozen", limit: 1e-5, against: "each" },
] as const;

describe("both lowerings give the same loss and gradients", () => {
  for (const { network, statistics, limit, against } of CASES) {
    test(`${network.name}, ${statistics} statistics`, async () => {
      const { names, outputs, feeds } = lossAndGradients(network, statistics);
      const plain = await compute(outputs, feeds, "plain");
      const training = await compute(outputs, feeds, "training");
      const whole = Math.hypot(...plain.map((gradient) => norm(gradient)));
      const wrong = names.filter((_, i) => {
        const size = against === "each" ? norm(plain[i]!) : whole;
        return !(norm(training[i]!, plain[i]!) <= limit * size);
      });
      expect(wrong).toEqual([]);
      expect(whole).toBeGreaterThan(0.1);
    });
  }
});
