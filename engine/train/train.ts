import { join } from "node:path";
import { evaluationBatches } from "../data/evaluation.ts";
import type { ImageInput } from "../data/image/normalise.ts";
import { createLoader, type Loader } from "../data/loader.ts";
import type { Sample } from "../data/sample.ts";
import { balancedWeights } from "../data/sampling.ts";
import type { Batch } from "../data/trainingBatches.ts";
import { NacreError } from "../errors.ts";
import { networkOf } from "../networks/index.ts";
import { classifier, type Network } from "../networks/network.ts";
import type { Layer } from "../nn/scope.ts";
import { Rng } from "../random.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { negativeLogLikelihood, softmax } from "./calibration.ts";
import { type Cursor, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { epochsOf, optimiserOf, rateOf, scheduleOf, sizeAt, type TrainingConfig } from "./config.ts";
import { inferenceModel, runOver } from "./evaluate.ts";
import { pictureInput } from "./input.ts";
import { measure } from "./metrics.ts";
import { type Steps, TrainingSession } from "./session.ts";
import { trainingStep } from "./step.ts";
import type { Weights } from "./weights.ts";
import { readWeights, writeWeights } from "./weightsFile.ts";

export interface TrainOptions {
  readonly config: TrainingConfig;
  readonly train: readonly Sample[];
  /** What the best epoch is chosen on. */
  readonly val: readonly Sample[];
  readonly classes: number;
  readonly fit: ImageInput["fit"];
  /** What training starts from, complete. */
  readonly weights: Weights;
  /** Where checkpoints go; the newest one there is gone on from. */
  readonly directory: string;
  readonly runtime: Runtime;
  /** Threads that read and vary pictures. */
  readonly workers: number;
  /** Memory for decoded pictures. */
  readonly cacheBytes: number;
  /** Stops at the next chance, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly report?: (event: TrainingEvent) => void;
}

/** What a run tells while it goes on. */
export type TrainingEvent =
  | { readonly type: "resume"; readonly epoch: number; readonly batch: number }
  | {
      readonly type: "steps";
      readonly epoch: number;
      /** Batches of this epoch that are done, of so many. */
      readonly done: number;
      readonly of: number;
      readonly loss: number;
      readonly rate: number;
      readonly imagesPerSecond: number;
    }
  | { readonly type: "epoch"; readonly record: EpochRecord }
  /** A head was trained on features. */
  | {
      readonly type: "head";
      readonly epochs: number;
      readonly loss: number;
      readonly valTop1: number;
      readonly valLoss: number;
    };

/** A line of the run record. */
export interface EpochRecord {
  readonly epoch: number;
  readonly size: number;
  /** Mean training loss. */
  readonly loss: number;
  readonly rate: number;
  readonly valTop1: number;
  readonly valMacroF1: number;
  readonly valLoss: number;
  readonly imagesPerSecond: number;
  /** The share of the time that steps waited for pictures. */
  readonly waitShare: number;
  readonly seconds: number;
  /** Largest resident memory so far, in MB. */
  readonly peakMemory: number;
  readonly best: boolean;
}

export interface TrainResult {
  /** The weights of the best epoch on val. */
  readonly weights: Weights;
  readonly best: { readonly epoch: number; readonly value: number };
}

/** Steps in one run of the graph: enough to make handing the weights in and out cheap, few enough to stop soon. */
const stepsPerRun = (batch: number): number => Math.max(1, Math.min(8, Math.floor(128 / batch)));
/** A checkpoint is written when the last one is this old. */
const CHECKPOINT_EVERY_MS = 4 * 60_000;

/**
 * Trains a picture classifier, from a checkpoint in the directory if there is one, and returns the weights
 * of the epoch that did best on val. A run that was stopped and gone on with gives the same weights as one
 * that never stopped, bit for bit (same machine, same threads).
 *
 * @throws NacreError "interrupted" after `signal` (a checkpoint is there), "diverged" when the loss is no
 *   longer a number (the last checkpoint is there), "storage", "input"
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { config, directory, report = () => {} } = options;
  const epochs = epochsOf(config);
  const bestPath = join(directory, "best.safetensors");
  const loader = openLoader(options);
  const state: Run = { cursor: START, loader, savedAt: performance.now(), session: undefined, size: 0 };
  try {
    const saved = await loadCheckpoint(directory);
    if (saved) {
      state.cursor = saved.cursor;
      report({ type: "resume", epoch: saved.cursor.epoch, batch: saved.cursor.batch });
    }
    await resize(state, options, sizeAt(config, state.cursor.epoch), saved?.state);
    while (state.cursor.epoch < epochs) {
      const { epoch, best } = state.cursor;
      await resize(state, options, sizeAt(config, epoch), state.session?.state);
      const trained = await trainEpoch(state, options);
      const measured = await measureVal(options, state.session!.weights());
      const better = !best || measured.valTop1 >= best.value;
      if (better) await writeWeights(bestPath, state.session!.weights());
      state.cursor = { ...START, epoch: epoch + 1, best: better ? { epoch, value: measured.valTop1 } : best };
      await save(state, directory);
      report({ type: "epoch", record: { epoch, ...trained, ...measured, best: better } });
    }
    return { weights: await readWeights(bestPath), best: state.cursor.best! };
  } finally {
    await loader.close();
    await state.session?.dispose();
  }
}

const START: Cursor = { epoch: 0, batch: 0, lossSum: 0, lossCount: 0 };

/** A run under way. */
interface Run {
  readonly loader: Loader;
  cursor: Cursor;
  session: TrainingSession | undefined;
  /** The side of the pictures that the session is for. */
  size: number;
  savedAt: number;
}

function openLoader({ config, train: samples, classes, workers, cacheBytes }: TrainOptions): Loader {
  const { sizes, batch, recipe, mixing, balanced, seed } = config;
  const labels = samples.map(({ label }) => label);
  return createLoader({
    samples,
    classes,
    size: Math.max(...sizes.map(({ size }) => size)),
    batch,
    recipe,
    mixing,
    weights: balanced ? balancedWeights(labels, classes) : undefined,
    seed,
    workers,
    cacheBytes,
    prefetch: 2 * stepsPerRun(batch),
  });
}

/** The network on bytes as the loader makes them. */
const seenBy = (network: Network): Layer => {
  const see = pictureInput(network.mean, network.std);
  const classify = classifier(network);
  return (x, scope) => classify(see(x, scope), scope);
};

/** Makes the session fit pictures of this size, with `state` or at the beginning. */
async function resize(run: Run, options: TrainOptions, size: number, state?: Weights): Promise<void> {
  if (size === run.size) return;
  await run.session?.dispose();
  const { config, classes } = options;
  const network = networkOf(config.network, classes);
  const step = trainingStep({
    layer: seenBy(network),
    input: { shape: [config.batch, size, size, 3], dtype: "uint8" },
    classes,
    optimiser: optimiserOf(config.optimiser),
    schedule: scheduleOf(config.schedule, epochsOf(config) * run.loader.batches),
    trains: (name) => !config.freeze.some((prefix) => name.startsWith(prefix)),
    statistics: config.statistics,
    penalty: { l1: config.l1, l2: config.l2 },
    labelSmoothing: config.labelSmoothing,
    clip: config.clip,
    rateOf: (name) => rateOf(config, name),
    average: config.average,
    seed: config.seed,
  });
  run.session = await TrainingSession.start(step, options.runtime, options.weights);
  if (state) run.session.restore(state);
  run.size = size;
}

/** Trains to the end of the epoch that the cursor is in. */
async function trainEpoch(run: Run, { config, classes, directory, signal, report }: TrainOptions) {
  const { loader, size, session } = run;
  const { epoch } = run.cursor;
  const began = performance.now();
  const waitedBefore = loader.waitedMs;
  const firstBatch = run.cursor.batch;
  const capacity = stepsPerRun(config.batch);
  let pending: Batch[] = [];
  let rate = 0;
  for await (const batch of loader.epoch(epoch, firstBatch, size)) {
    pending.push(batch);
    const last = run.cursor.batch + pending.length === loader.batches;
    if (pending.length < capacity && !last) continue;
    const { losses, rates } = await session!.run(stack(pending, config.batch, classes));
    rate = rates.at(-1)!;
    run.cursor = {
      ...run.cursor,
      batch: run.cursor.batch + pending.length,
      lossSum: losses.reduce((sum, loss) => sum + loss, run.cursor.lossSum),
      lossCount: run.cursor.lossCount + losses.length,
    };
    pending = [];
    const seconds = (performance.now() - began) / 1000;
    const done = run.cursor.batch;
    report?.({
      type: "steps",
      epoch,
      done,
      of: loader.batches,
      loss: run.cursor.lossSum / run.cursor.lossCount,
      rate,
      imagesPerSecond: ((done - firstBatch) * config.batch) / seconds,
    });
    if (last) break;
    if (signal?.aborted) {
      await save(run, directory);
      throw new NacreError("interrupted", `Stopped in epoch ${epoch + 1}. Go on with --resume ${directory}`);
    }
    if (performance.now() - run.savedAt > CHECKPOINT_EVERY_MS) await save(run, directory);
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    size,
    loss: run.cursor.lossSum / run.cursor.lossCount,
    rate,
    imagesPerSecond: ((loader.batches - firstBatch) * config.batch) / seconds,
    waitShare: (loader.waitedMs - waitedBefore) / 1000 / seconds,
    seconds,
    peakMemory: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

async function save(run: Run, directory: string): Promise<void> {
  await saveCheckpoint(directory, { state: run.session!.state, cursor: run.cursor });
  run.savedAt = performance.now();
}

/** Several batches as the arrays of one run. */
function stack(batches: readonly Batch[], n: number, classes: number): Steps {
  const [{ images, targets, size }] = batches as readonly [Batch, ...Batch[]];
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

async function measureVal({ config, classes, val, fit, runtime, workers }: TrainOptions, weights: Weights) {
  const network = networkOf(config.network, classes);
  const { size } = config.sizes.at(-1)!;
  const model = inferenceModel(classifier(network), size, weights);
  const input: ImageInput = { size, fit, mean: network.mean, std: network.std };
  const { rows, labels } = await runOver(
    model,
    evaluationBatches(val, input, { batch: 16, workers }),
    runtime,
  );
  const metrics = measure(softmax(rows, 1, classes), labels, classes, new Rng(config.seed));
  return {
    valTop1: metrics.top1.value,
    valMacroF1: metrics.macroF1.value,
    valLoss: negativeLogLikelihood(rows, labels, classes, 1),
  };
}
