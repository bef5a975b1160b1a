import type { ImageInput } from "../data/image/normalise.ts";
import { createLoader, type Loader } from "../data/loader.ts";
import type { Sample } from "../data/sample.ts";
import { balancedWeights } from "../data/sampling.ts";
import type { Batch } from "../data/trainingBatches.ts";
import { networkOf } from "../networks/index.ts";
import { classifier, type Network } from "../networks/network.ts";
import type { Layer } from "../nn/scope.ts";
import { configuredStep } from "./configuredStep.ts";
import type { Curriculum } from "./curriculum.ts";
import { pictureInput } from "./input.ts";
import { epochsOf, type PictureConfig, sizeAt } from "./pictureConfig.ts";
import type { RunOptions } from "./run.ts";
import type { Steps } from "./session.ts";
import type { TrainingStep } from "./step.ts";
import { validate } from "./validate.ts";

/** What a training run on pictures takes. */
export interface PictureOptions extends RunOptions {
  readonly config: PictureConfig;
  /**
   * Strangers among them are learned to be in doubt about (Hendrycks et al. 2019, "Deep Anomaly Detection with Outlier
   * Exposure"); a head alone is trained without.
   */
  readonly train: readonly Sample[];
  /** What the best epoch is chosen on. */
  readonly val: readonly Sample[];
  readonly classes: number;
  readonly fit: ImageInput["fit"];
  /** Threads that read and vary pictures. */
  readonly workers: number;
  /** Memory for decoded pictures. */
  readonly cacheBytes: number;
}

/** Pictures in growing sizes, varied by threads of their own. */
export function pictureCurriculum(options: PictureOptions): Curriculum {
  const { config, classes } = options;
  const epochs = epochsOf(config);
  const loader = pictureLoader(options);
  return {
    epochs,
    batches: loader.batches,
    get waitedMs() {
      return loader.waitedMs;
    },
    sizeAt: (n) => sizeAt(config, n),
    step: (size) => pictureStep(options, size, epochs * loader.batches),
    async *epoch(n, fromBatch) {
      let batches: Batch[] = [];
      let number = fromBatch;
      for await (const batch of loader.epoch(n, fromBatch, sizeAt(config, n))) {
        batches.push(batch);
        number++;
        if (batches.length < stepsPerRun(config.batch) && number < loader.batches) continue;
        yield stack(batches, classes);
        batches = [];
      }
    },
    validate: (weights, onProgress) => validate(options, weights, onProgress),
    close: () => loader.close(),
  };
}

/**
 * Steps in one run of the graph: enough to make handing the weights in and out cheap (two fifths of a
 * step of eight pictures for ResNet-50), few enough to stop soon.
 */
export const stepsPerRun = (batch: number): number => Math.max(1, Math.floor(128 / batch));

/** Starts the threads that make a run's batches. Throws NacreError("input") where there are fewer pictures than one needs. */
function pictureLoader({ config, train, classes, workers, cacheBytes }: PictureOptions): Loader {
  const { sizes, batch, recipe, mixing, balanced, seed } = config;
  const labels = train.map(({ label }) => label);
  return createLoader({
    samples: train,
    classes,
    size: Math.max(...sizes.map(({ size }) => size)),
    batch,
    recipe,
    mixing,
    weights: balanced ? balancedWeights(labels, classes) : undefined,
    seed,
    workers,
    cacheBytes,
    prefetch: 2 * stepsPerRun(config.batch),
  });
}

/**
 * The training step of a configuration for pictures of this size, in a run of so many steps.
 *
 * @throws NacreError("usage") where it freezes a part that the network lacks, or everything
 */
function pictureStep(
  { config, classes }: Pick<PictureOptions, "config" | "classes">,
  size: number,
  steps: number,
): TrainingStep {
  const network = networkOf(config.network, classes);
  return configuredStep(config, {
    layer: seenBy(network),
    input: { shape: [config.batch, size, size, 3], dtype: "uint8" },
    classes,
    steps,
    parts: `${network.stages.join(", ")}, and "backbone" for all of them`,
  });
}

/** The network on bytes as the loader makes them. */
const seenBy = (network: Network): Layer => {
  const see = pictureInput(network.mean, network.std);
  const classify = classifier(network);
  return (x, scope) => classify(see(x, scope), scope);
};

/** Several batches as the arrays of one run. */
function stack(batches: readonly Batch[], classes: number): Steps {
  const [{ images, targets, size }] = batches as readonly [Batch, ...Batch[]];
  const n = targets.length / classes;
  const pixels = new Uint8Array(batches.length * images.length);
  const labels = new Float32Array(batches.length * targets.length);
  for (const [i, batch] of batches.entries()) {
    pixels.set(batch.images, i * images.length);
    labels.set(batch.targets, i * targets.length);
  }
  return {
    count: batches.length,
    batch: { type: "uint8", dims: [batches.length, n, size, size, 3], data: pixels },
    targets: labels,
    targetDims: [batches.length, n, classes],
  };
}
