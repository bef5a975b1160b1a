/** What the engine trains in a benchmark: the step of a job, and what its blocks are fed with. */

import { networkOf } from "../../engine/networks/index.ts";
import { lstmClassifier } from "../../engine/networks/lstm.ts";
import { classifier } from "../../engine/networks/network.ts";
import { dropout, linear } from "../../engine/nn/layers.ts";
import type { Layer } from "../../engine/nn/scope.ts";
import { attentionOverTime, gru } from "../../engine/nn/sequence.ts";
import { transpose } from "../../engine/ops/shape.ts";
import { adamW, sgd } from "../../engine/optim/optimiser.ts";
import { constantRate } from "../../engine/optim/schedule.ts";
import { Rng } from "../../engine/random.ts";
import { float32, type Tensor } from "../../engine/runtime/runtime.ts";
import type { Steps } from "../../engine/train/session.ts";
import { type TrainingStep, trainingStep } from "../../engine/train/step.ts";
import type { PictureJob, SequenceJob, TrainingJob } from "./train-job.ts";

/** Pieces that the released model for texts knows. */
const VOCABULARY = 16_384;
/** Numbers for a frame before the recurrent layers of the released model for spoken commands. */
const FRAME = 240;

/** A training step as the trainer makes it. */
export const stepOf = (job: TrainingJob): TrainingStep =>
  job.kind === "pictures" ? pictureStep(job) : sequenceStep(job);

function pictureStep(job: PictureJob) {
  const { network, batch, classes, statistics, rate, momentum } = job;
  return trainingStep({
    layer: classifier(networkOf(network, classes)),
    input: { shape: [batch, ...exampleOf(job)], dtype: "float32" },
    classes,
    optimiser: sgd({ momentum }),
    schedule: constantRate(rate),
    statistics,
    seed: 0,
  });
}

function sequenceStep(job: SequenceJob) {
  const { network, batch, classes, rate, clip, weightDecay } = job;
  return trainingStep({
    layer: network === "lstm" ? reader(classes) : listener(classes),
    input: { shape: [batch, ...exampleOf(job)], dtype: network === "lstm" ? "int64" : "float32" },
    classes,
    optimiser: adamW({ weightDecay }),
    schedule: constantRate(rate),
    statistics: "live",
    clip,
    seed: 0,
  });
}

/** What reads in the released model for texts. */
const reader = (classes: number): Layer =>
  lstmClassifier({
    vocabulary: VOCABULARY,
    classes,
    embedding: 128,
    hidden: 160,
    bidirectional: true,
    dropout: 0.3,
  });

/** What listens in the released model for spoken commands, behind its convolutions: [N, T, 240] -> logits. */
const listener =
  (classes: number, hidden = 128, rate = 0.15): Layer =>
  (frames, scope) => {
    const steps = dropout(rate, { alike: [0] })(transpose(frames, [1, 0, 2]), scope.child("frames"));
    const layers = gru(FRAME, hidden, { bidirectional: true, layers: 2, dropout: rate });
    const vector = attentionOverTime(2 * hidden, hidden)(layers({ steps }, scope.child("gru")), scope);
    return linear(2 * hidden, classes)(dropout(rate)(vector, scope), scope.child("head"));
  };

/** Noise with labels: what a block trains on, the same each time. */
export function randomSteps(job: TrainingJob): Steps {
  const { steps, batch, classes } = job;
  const rng = new Rng(2);
  const targets = new Float32Array(steps * batch * classes);
  for (let row = 0; row < steps * batch; row++) targets[row * classes + rng.integer(classes)] = 1;
  return { count: steps, batch: randomBatches(job, rng), targets, targetDims: [steps, batch, classes] };
}

function randomBatches(job: TrainingJob, rng: Rng): Tensor {
  const dims = [job.steps, job.batch, ...exampleOf(job)];
  const count = dims.reduce((a, b) => a * b);
  if (job.network !== "lstm")
    return float32(
      new Float32Array(count).map(() => rng.uniform(-2, 2)),
      dims,
    );
  // From 1: a 0 would end a text.
  const data = new BigInt64Array(count).map(() => BigInt(1 + rng.integer(VOCABULARY - 1)));
  return { type: "int64", dims, data };
}

/** The shape of one example. */
function exampleOf(job: TrainingJob): number[] {
  if (job.kind === "pictures") return [3, job.size, job.size];
  return job.network === "lstm" ? [job.length] : [job.length, FRAME];
}
