import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Value } from "../graph/value.ts";
import { crossEntropy } from "../nn/loss.ts";
import { build, type Slot } from "../nn/scope.ts";
import { input } from "../ops/leaf.ts";
import { Rng } from "../random.ts";
import { type Array64, array, size } from "../testing/array.ts";
import { compute } from "../testing/lowered.ts";
import { mobilenetV2 } from "./mobilenet.ts";
import { classifier, type Network } from "./network.ts";
import { resnet18 } from "./resnet.ts";

const CLASSES = 5;
const BATCH = 4;
const PIXELS = 48;

/** ‖a − b‖, or ‖a‖ */
function norm(a: Array64, b?: Array64): number {
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) squares += (a.data[i]! - (b ? b.data[i]! : 0)) ** 2;
  return Math.sqrt(squares);
}

const numbers = (() => {
  const rng = new Rng(3);
  return Float64Array.from({ length: 2 ** 16 }, () => rng.normal());
})();

/** Normal numbers with a variance of 2 / fan-in for matrices and filters; vectors as their layers begin them. */
function weights({ name, shape, initial }: Slot): Array64 {
  if (shape.length === 1) return { shape, data: new Float64Array(initial(shape, new Rng(1))) };
  const fanIn = size(shape.slice(1));
  const scale = Math.sqrt(2 / fanIn);
  const data = new Float64Array(size(shape));
  // Millions of them: what is drawn once is used again, from another place on.
  const from = new Rng(0).fork(name).integer(numbers.length);
  for (let i = 0; i < data.length; i++) data[i] = scale * numbers[(from + i) % numbers.length]!;
  return { shape, data };
}

/** Loss and gradients of a network at random weights, by name. */
function lossAndGradients(network: Network, statistics: "live" | "frozen") {
  const seed = input("seed", [], "int64");
  const shape = [BATCH, 3, PIXELS, PIXELS];
  const mode = { training: true, statistics, seed };
  const { input: batch, output, slots } = build(classifier(network), shape, mode);
  const targets = input("targets", [BATCH, CLASSES]);
  const feeds = new Map<Value, Array64>([
    [seed, array([], () => 1)],
    [batch, array(shape, (i) => numbers[(7 * i) % numbers.length]!)],
    [targets, array([BATCH, CLASSES], (i) => Number(i % (CLASSES + 1) === 0))],
  ]);
  for (const slot of slots.values()) feeds.set(slot.value, weights(slot));
  const parameters = [...slots.values()].filter(({ kind }) => kind === "parameter");
  const loss = crossEntropy(output, targets, 0.1);
  const found = gradients(
    loss,
    parameters.map(({ value }) => value),
  );
  return { names: ["loss", ...parameters.map(({ name }) => name)], outputs: [loss, ...found], feeds };
}

/**
 * Both compute in float32, in another order. `limit` is of a gradient's error against that gradient, except
 * where it is against all gradients together: with live statistics MobileNetV2 has biases whose true gradient
 * is 0. With live statistics some units are so close to the edges of ReLU, too, that rounding alone switches them,
 * which the gradients below them show; so `usual` limits the median.
 */
const CASES = [
  { network: resnet18(CLASSES), statistics: "live", limit: 3e-2, usual: 2e-5, against: "each" },
  { network: resnet18(CLASSES), statistics: "frozen", limit: 1e-5, usual: 1e-5, against: "each" },
  { network: mobilenetV2(CLASSES), statistics: "live", limit: 3e-2, usual: 1e-4, against: "all" },
  { network: mobilenetV2(CLASSES), statistics: "frozen", limit: 1e-5, usual: 1e-5, against: "each" },
] as const;

describe("both lowerings give the same loss and gradients", { timeout: 120_000 }, () => {
  for (const { network, statistics, limit, usual, against } of CASES) {
    test(`${network.name}, ${statistics} statistics`, async () => {
      const { names, outputs, feeds } = lossAndGradients(network, statistics);
      const plain = await compute(outputs, feeds, "plain");
      const training = await compute(outputs, feeds, "training");
      const whole = Math.hypot(...plain.map((gradient) => norm(gradient)));
      const errors = plain.map((gradient, i) => {
        const reference = against === "each" ? norm(gradient) : whole;
        return norm(training[i]!, gradient) / reference;
      });
      expect(names.filter((_, i) => !(errors[i]! <= limit))).toEqual([]);
      expect(errors.sort((a, b) => a - b)[errors.length >> 1]).toBeLessThan(usual);
      expect(whole).toBeGreaterThan(0.1);
    });
  }
});
