import type { Sample } from "../data/sample.ts";
import type { SoundBatch } from "../data/soundBatches.ts";
import { soundEvaluationBatches } from "../data/soundEvaluation.ts";
import { createSoundLoader, type SoundLoader } from "../data/soundLoader.ts";
import { soundNetworkOf } from "../networks/sounds.ts";
import type { Layer } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { float32, type Runtime } from "../runtime/runtime.ts";
import { configuredStep } from "./configuredStep.ts";
import type { Curriculum } from "./curriculum.ts";
import { LOGITS } from "./evaluate.ts";
import { networkModel } from "./networkModel.ts";
import type { RunOptions } from "./run.ts";
import type { Steps } from "./session.ts";
import type { SoundConfig } from "./soundConfig.ts";
import type { TrainingStep } from "./step.ts";
import { judge } from "./validate.ts";
import type { Weights } from "./weights.ts";

/** What served graphs of networks for sound call their input. */
export const SOUND = "sound";

/** What a training run on recordings takes. */
export interface SoundOptions extends RunOptions {
  readonly config: SoundConfig;
  readonly train: readonly Sample[];
  /** What the best epoch is chosen on. */
  readonly val: readonly Sample[];
  readonly classes: number;
  /** The class of all other words, where there is one. */
  readonly others: number | undefined;
  /** The class of recordings without words, where there is one. */
  readonly silence: number | undefined;
  /** WAV files of background noise. */
  readonly noises: readonly string[];
  /** Threads that read and vary recordings. */
  readonly workers: number;
  /** Memory for decoded recordings. */
  readonly cacheBytes: number;
}

/** Recordings of one length, varied by threads of their own. */
export function soundCurriculum(options: SoundOptions): Curriculum {
  const { config, classes, val, runtime } = options;
  const loader = soundLoader(options);
  return {
    epochs: config.epochs,
    batches: loader.batches,
    get waitedMs() {
      return loader.waitedMs;
    },
    sizeAt: () => 1,
    step: () => soundStep(options, config.epochs * loader.batches),
    async *epoch(n, fromBatch) {
      let batches: SoundBatch[] = [];
      let number = fromBatch;
      for await (const batch of loader.epoch(n, fromBatch)) {
        batches.push(batch);
        number++;
        if (batches.length < STEPS_PER_RUN && number < loader.batches) continue;
        yield stack(batches, config, classes);
        batches = [];
      }
    },
    async validate(weights, onProgress) {
      const model = soundModel(soundNetworkOf(config.network, classes), config.input.length, weights);
      const { logits, labels } = await answersOf(model, val, config.input, runtime, (done) =>
        onProgress(done, val.length),
      );
      return judge(logits, labels, classes, config.seed);
    },
    close: () => loader.close(),
  };
}

/** A network for sound as ONNX, in float32: "sound" [N, samples] -> "logits" [N, classes]. */
export const soundModel = (layer: Layer, samples: number, weights: Weights): OnnxModel =>
  networkModel(layer, weights, [samples], { input: SOUND, output: LOGITS });

/** Recordings in one run of a network for inference. */
const INFERENCE_BATCH = 16;

/**
 * Runs a model over recordings in order -> logits [n, classes] and labels [n].
 *
 * @param external files that hold the model's constants
 * @throws NacreError "input" naming a recording that cannot be read
 */
export async function answersOf(
  model: OnnxModel,
  samples: readonly Sample[],
  input: SoundConfig["input"],
  runtime: Runtime,
  onProgress?: (done: number) => void,
  external: Readonly<Record<string, Uint8Array>> = {},
): Promise<{ logits: Float32Array; labels: Int32Array }> {
  const session = await runtime.load(encodeModel(model), { external });
  const rows: Float32Array[] = [];
  try {
    for await (const { start, samples: clips, labels } of soundEvaluationBatches(
      samples,
      INFERENCE_BATCH,
      input,
    )) {
      const { [LOGITS]: logits } = await session.run({
        [SOUND]: float32(clips, [labels.length, input.length]),
      });
      rows.push(logits!.data as Float32Array);
      onProgress?.(start + labels.length);
    }
  } finally {
    await session.dispose();
  }
  const classes = (rows[0]?.length ?? 0) / Math.min(INFERENCE_BATCH, samples.length);
  const logits = new Float32Array(samples.length * classes);
  for (const [i, row] of rows.entries()) logits.set(row, i * INFERENCE_BATCH * classes);
  return { logits, labels: Int32Array.from(samples, ({ label }) => label) };
}

/** Steps in one run of the graph: enough to make handing the weights in and out cheap, few enough to stop soon. */
const STEPS_PER_RUN = 4;

/** Starts the threads that make a run's batches. Throws NacreError("input") where there are fewer recordings than one needs. */
function soundLoader(options: SoundOptions): SoundLoader {
  const { config, train, classes, others, silence, noises, workers, cacheBytes } = options;
  const { batch, input, recipe, mixing, impostors, backgrounds, seed } = config;
  return createSoundLoader({
    samples: train,
    classes,
    batch,
    input,
    recipe,
    mixing,
    impostors: others === undefined ? undefined : { label: others, probability: impostors },
    backgrounds: silence === undefined ? undefined : { label: silence, probability: backgrounds },
    noises,
    weights: config.balanced ? drawn(options) : undefined,
    seed,
    workers,
    cacheBytes,
    prefetch: 2 * STEPS_PER_RUN,
  });
}

/** Weights with which every class is drawn alike often, but that of other words more often. */
function drawn({ train, classes, others, config }: SoundOptions): Float64Array {
  const counts = new Float64Array(classes);
  for (const { label } of train) counts[label]!++;
  return Float64Array.from(train, ({ label }) => (label === others ? config.others : 1) / counts[label]!);
}

/** Throws NacreError("usage") where the configuration freezes a part that the network lacks, or everything. */
function soundStep({ config, classes }: SoundOptions, steps: number): TrainingStep {
  return configuredStep(config, {
    layer: soundNetworkOf(config.network, classes, config.masks),
    input: { shape: [config.batch, config.input.length], dtype: "float32" },
    classes,
    steps,
    parts: "front, gru, attention and head",
  });
}

/** Several batches as the arrays of one run. */
function stack(batches: readonly SoundBatch[], { batch, input }: SoundConfig, classes: number): Steps {
  const data = new Float32Array(batches.length * batch * input.length);
  const targets = new Float32Array(batches.length * batch * classes);
  for (const [i, made] of batches.entries()) {
    data.set(made.samples, i * made.samples.length);
    targets.set(made.targets, i * made.targets.length);
  }
  return {
    count: batches.length,
    batch: { type: "float32", dims: [batches.length, batch, input.length], data },
    targets,
    targetDims: [batches.length, batch, classes],
  };
}
