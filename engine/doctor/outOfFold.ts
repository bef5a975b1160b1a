import { linear } from "../nn/layers.ts";
import { adam } from "../optim/optimiser.ts";
import { cosineDecay } from "../optim/schedule.ts";
import type { Rng } from "../random.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { softmax } from "../train/calibration.ts";
import { fitClassifier } from "../train/fit.ts";
import { headLogits } from "../train/head.ts";
import type { Weights } from "../train/weights.ts";

/** Parts that the examples are divided into: each is judged by a model of the others. */
export const FOLDS = 5;

/**
 * Epochs, and the fewest steps where examples are few. Training ends early: a model that has time to fit wrong
 * labels finds fewer of them.
 */
const EPOCHS = 10;
const LEAST_STEPS = 100;
const BATCH = 128;
const RATE = 0.001;

export interface OutOfFoldOptions {
  /** Features of each example, [N, width]. */
  readonly features: Float32Array;
  readonly width: number;
  /** [N], each in [0, classes), and of each class FOLDS or more. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** The group of each example, [N]: examples of one group stay together, so that none is judged by its copy. */
  readonly groups: ArrayLike<number>;
  readonly runtime: Runtime;
  readonly rng: Rng;
  /** Told after each epoch how many are done of all; what it throws ends the work. */
  readonly onEpoch?: (done: number, of: number) => void;
}

/**
 * How likely each class is for each example, [N, classes], by logistic regression on features of the examples in
 * other folds.
 */
export async function outOfFold(options: OutOfFoldOptions): Promise<Float32Array> {
  const { width, labels, classes, runtime, rng } = options;
  const features = standardised(options.features, width);
  const folds = foldsOf(labels, options.groups, rng.fork("folds"));
  const probabilities = new Float32Array(labels.length * classes);
  const layer = linear(width, classes);
  for (let fold = 0; fold < FOLDS; fold++) {
    const train = indices(folds, (other) => other !== fold);
    const held = indices(folds, (other) => other === fold);
    const batch = Math.min(BATCH, train.length);
    const epochs = Math.max(EPOCHS, Math.ceil(LEAST_STEPS / Math.floor(train.length / batch)));
    const { weights } = await fitClassifier(layer, {
      data: {
        inputs: rowsOf(features, width, train),
        shape: [width],
        labels: Int32Array.from(train, (i) => labels[i]!),
      },
      epochs,
      batch,
      optimiser: adam(),
      schedule: (steps) => cosineDecay(RATE, steps),
      weights: nothingLearnt(width, classes),
      seed: rng.fork("order", fold).integer(2 ** 30),
      runtime,
      onEpoch: (epoch) => options.onEpoch?.(fold * epochs + epoch, FOLDS * epochs),
    });
    const logits = await headLogits(
      { head: layer, features: width },
      weights,
      rowsOf(features, width, held),
      runtime,
    );
    const judged = softmax(logits, 1, classes);
    for (const [n, i] of held.entries()) {
      probabilities.set(judged.subarray(n * classes, (n + 1) * classes), i * classes);
    }
  }
  return probabilities;
}

/**
 * The fold of each example, [N]: examples of a class are spread evenly, whole groups go together. `groups` is the
 * group of each, by any numbers.
 */
export function foldsOf(labels: Int32Array, groups: ArrayLike<number>, rng: Rng): Int32Array {
  const folds = new Int32Array(labels.length);
  const ofGroup = new Map<number, number>();
  const next = new Map<number, number>();
  for (const i of rng.permutation(labels.length)) {
    const label = labels[i]!;
    let fold = ofGroup.get(groups[i]!);
    if (fold === undefined) {
      fold = (next.get(label) ?? rng.integer(FOLDS)) % FOLDS;
      next.set(label, fold + 1);
      ofGroup.set(groups[i]!, fold);
    }
    folds[i] = fold;
  }
  return folds;
}

/** Features with mean 0, each example's scaled to a mean square of 1 first, so that no picture outweighs others. */
function standardised(features: Float32Array, width: number): Float32Array {
  const scaled = new Float32Array(features.length);
  const mean = new Float64Array(width);
  const count = features.length / width;
  for (let start = 0; start < features.length; start += width) {
    let square = 0;
    for (let d = 0; d < width; d++) square += features[start + d]! ** 2;
    const scale = square === 0 ? 0 : Math.sqrt(width / square);
    for (let d = 0; d < width; d++) {
      scaled[start + d] = scale * features[start + d]!;
      mean[d]! += scaled[start + d]! / count;
    }
  }
  for (let start = 0; start < features.length; start += width) {
    for (let d = 0; d < width; d++) scaled[start + d]! -= mean[d]!;
  }
  return scaled;
}

/** Those rows of features [N, width], in that order. */
export function rowsOf(features: Float32Array, width: number, indices: readonly number[]): Float32Array {
  const chosen = new Float32Array(indices.length * width);
  for (const [n, i] of indices.entries())
    chosen.set(features.subarray(i * width, (i + 1) * width), n * width);
  return chosen;
}

function indices(folds: Int32Array, wanted: (fold: number) => boolean): number[] {
  return Array.from(folds.keys()).filter((i) => wanted(folds[i]!));
}

/** A logistic regression that thinks all classes equally likely. */
const nothingLearnt = (width: number, classes: number): Weights =>
  new Map([
    ["weight", { dims: [classes, width], data: new Float32Array(classes * width) }],
    ["bias", { dims: [classes], data: new Float32Array(classes) }],
  ]);
