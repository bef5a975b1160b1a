import { expect, test } from "vitest";
import { gru, linear, logMel, meanOverTime, normaliseChannels, specAugment } from "../index.ts";
import type { Layer } from "../nn/scope.ts";
import { transpose } from "../ops/shape.ts";
import { adam } from "../optim/optimiser.ts";
import { constantRate } from "../optim/schedule.ts";
import { Rng } from "../random.ts";
import { exportOnnx } from "../release/export.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { fitClassifier } from "./fit.ts";
import { argmax } from "./metrics.ts";

const LENGTH = 480;
const runtime = nodeRuntime({ threads: 1, spinning: false });

/** Raw sound in, logits out: the front end, masks, a GRU and a line, all one graph. */
const network: Layer = (x, scope) => {
  const features = logMel({ rate: 1_600, window: 40, hop: 16, mels: 8, low: 20, high: 760 })(x, scope);
  const centred = normaliseChannels(8, {
    mean: new Float32Array(8).fill(-2),
    std: new Float32Array(8).fill(4),
  });
  const masked = specAugment({ timeMasks: 1, timeWidth: 6, melMasks: 1, melWidth: 2 });
  const steps = transpose(masked(centred(features, scope), scope.child("masks")), [1, 0, 2]);
  const states = gru(8, 12)({ steps }, scope.child("gru"));
  return linear(12, 3)(meanOverTime()(states, scope), scope.child("head"));
};

/** Tones that stay, rise or fall, at any pitch, in noise. */
function tones(count: number, rng: Rng) {
  const labels = Int32Array.from({ length: count }, (_, i) => i % 3);
  const inputs = new Float32Array(count * LENGTH);
  for (const [n, label] of labels.entries()) {
    const [from, change] = [rng.uniform(0.8, 1.2), [0, 1, -0.5][label]!];
    for (let t = 0, angle = rng.uniform(0, 6); t < LENGTH; t++) {
      angle += from * (1 + (change * t) / LENGTH);
      inputs[n * LENGTH + t] = 0.3 * Math.sin(angle) + 0.02 * rng.normal();
    }
  }
  return { inputs, shape: [LENGTH], labels };
}

test("a network learns from raw sound and is served as one file that takes raw sound", async () => {
  const { weights } = await fitClassifier(network, {
    data: tones(192, new Rng(1)),
    epochs: 12,
    batch: 16,
    optimiser: adam(),
    schedule: () => constantRate(0.02),
    seed: 3,
    runtime,
  });
  const unseen = tones(60, new Rng(2));
  const session = await runtime.load(exportOnnx(network, weights, [LENGTH]));
  const { logits } = await session.run({ input: float32(unseen.inputs, [60, LENGTH]) });
  const answers = argmax(logits!.data as Float32Array, 3);
  expect(answers.filter((answer, n) => answer === unseen.labels[n]).length).toBeGreaterThan(54);
});
