import { afterAll, expect, test } from "vitest";
import { build } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { adam } from "../optim/optimiser.ts";
import { constantRate } from "../optim/schedule.ts";
import { Rng } from "../random.ts";
import { quantiseWeights } from "../release/quantise-weights.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { topK } from "../train/metrics.ts";
import { networkModel } from "../train/networkModel.ts";
import { TrainingSession } from "../train/session.ts";
import { trainingStep } from "../train/step.ts";
import { initialWeights } from "../train/weights.ts";
import { lstmClassifier } from "./lstm.ts";

const runtime = nodeRuntime({ threads: 1, spinning: false });
const BATCH = 32;

/** Sequences of 4 to `steps` tokens in which 1 and 2 stand once among others, and which of them comes first. */
function markers(count: number, steps: number, rng: Rng) {
  const ids = new BigInt64Array(count * steps);
  const labels = Int32Array.from({ length: count }, (_, n) => {
    const length = 4 + rng.integer(steps - 3);
    for (let t = 0; t < length; t++) ids[n * steps + t] = BigInt(3 + rng.integer(5));
    const places = [rng.integer(length), rng.integer(length - 1)] as [number, number];
    if (places[1] >= places[0]) places[1]++;
    ids[n * steps + places[0]] = 1n;
    ids[n * steps + places[1]] = 2n;
    return places[0] < places[1] ? 0 : 1;
  });
  return { ids, labels };
}

const layer = lstmClassifier({ vocabulary: 8, classes: 2, embedding: 8, hidden: 16, bidirectional: true });

// The steps of a batch differ from run to run: one graph trains on all of them, and one answers for all.
const step = trainingStep({
  layer,
  input: { shape: [BATCH, "T"], dtype: "int64" },
  classes: 2,
  optimiser: adam(),
  schedule: constantRate(0.01),
  statistics: "live",
  clip: 1,
  seed: 1,
});

const sessions: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const session of sessions) await session.dispose();
});

/** Answers of a served model on sequences that were not learned, of lengths seen in training and longer. */
async function expectRight(model: OnnxModel): Promise<void> {
  const served = await runtime.load(encodeModel(model));
  sessions.push(served);
  for (const steps of [5, 20, 30]) {
    const { ids, labels } = markers(200, steps, new Rng(2).fork(steps));
    const { logits } = await served.run({ ids: { type: "int64", dims: [200, steps], data: ids } });
    const accuracy = topK(logits!.data as Float32Array, labels, 2, 1) / labels.length;
    expect(accuracy, `of ${steps} steps`).toBeGreaterThan(0.95);
  }
}

test("a bidirectional LSTM learns which of two markers came first, in sequences of any length", async () => {
  const rng = new Rng(1);
  const { slots } = build(layer, ["N", "T"], { training: false, statistics: "frozen" }, "ids", "int64");
  const weights = initialWeights(slots.values(), rng.fork("weights"));
  const training = await TrainingSession.start(step, runtime, weights);
  sessions.push(training);
  for (let run = 0; run < 24; run++) {
    const [steps, count] = [[8, 14, 20][run % 3]!, 10];
    const { ids, labels } = markers(count * BATCH, steps, rng.fork("run", run));
    const targets = new Float32Array(labels.length * 2);
    for (const [n, label] of labels.entries()) targets[2 * n + label] = 1;
    await training.run({
      count,
      batch: { type: "int64", dims: [count, BATCH, steps], data: ids },
      targets,
      targetDims: [count, BATCH, 2],
    });
  }

  const names = { input: "ids", output: "logits" };
  const model = networkModel(layer, training.weights(), ["T"], names, "int64");
  expect(model.graph.nodes.filter(({ op }) => op === "LSTM")).toHaveLength(2);
  await expectRight(model);

  const small = quantiseWeights(model);
  const floats = small.graph.initializers.filter(({ type, dims }) => type === "float32" && dims.length === 2);
  expect(floats.map(({ name }) => name)).toEqual([]);
  await expectRight(small);
}, 60_000);
