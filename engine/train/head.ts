import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluationBatches } from "../data/evaluation.ts";
import type { ImageInput } from "../data/image/normalise.ts";
import type { Sample } from "../data/sample.ts";
import { balancedWeights } from "../data/sampling.ts";
import { networkOf } from "../networks/index.ts";
import type { Network } from "../networks/network.ts";
import { build, type Layer } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { float32, type Runtime } from "../runtime/runtime.ts";
import { readSafetensors, readSafetensorsMetadata, safetensorsPieces } from "../weights/safetensors.ts";
import { averageOf, optimiserOf, rateOf, scheduleOf } from "./config.ts";
import { inferenceModel, runOver } from "./evaluate.ts";
import { fitClassifier } from "./fit.ts";
import { networkModel } from "./networkModel.ts";
import { epochsOf, finalSize } from "./pictureConfig.ts";
import type { PictureOptions } from "./pictureCurriculum.ts";
import { BEST, expectUninterrupted, type TrainResult } from "./run.ts";
import { INFERENCE_BATCH, judge } from "./validate.ts";
import type { Weights } from "./weights.ts";
import { writeWeights } from "./weightsFile.ts";
import { storageError, writeWhole } from "./writeWhole.ts";

/** A head learns in a moment, so it sees its features this much more often than a whole network its pictures. */
const EPOCHS_PER_EPOCH = 10;

/**
 * Feature extraction: runs the frozen backbone once over all pictures, unvaried, keeps what it gives in the
 * run's folder, and trains the head alone on that, in seconds. Options and errors as for `trainPictures`.
 */
export async function trainHead(options: PictureOptions): Promise<TrainResult> {
  const { config, classes, directory, runtime, report } = options;
  const network = networkOf(config.network, classes);
  const weights = await options.weights();
  await mkdir(directory, { recursive: true }).catch((cause) => {
    throw storageError(directory, cause);
  });
  const backbone: Backbone = { network, weights, size: finalSize(config) };
  const of = options.train.length + options.val.length;
  const told = (before: number) => (done: number) => {
    report?.({ type: "features", done: before + done, of });
    expectUninterrupted(options);
  };
  const train = await features(options, backbone, "train", told(0));
  const val = await features(options, backbone, "val", told(options.train.length));

  const epochs = EPOCHS_PER_EPOCH * epochsOf(config);
  const labels = Int32Array.from(options.train, ({ label }) => label);
  const batch = Math.min(config.batch, labels.length);
  const fitted = await fitClassifier(network.head, {
    data: { inputs: train, shape: [network.features], labels },
    draws: config.balanced ? balancedWeights(labels, classes) : undefined,
    epochs,
    batch,
    optimiser: optimiserOf(config),
    schedule: (steps) => scheduleOf(config, steps),
    rateOf: (name) => rateOf(config, name),
    penalty: { l1: config.l1, l2: config.l2 },
    labelSmoothing: config.labelSmoothing,
    clip: config.clip,
    average: averageOf(config, epochs * Math.floor(labels.length / batch)),
    weights: within(weights, network.head, network.features),
    seed: config.seed,
    runtime,
    onEpoch: () => expectUninterrupted(options),
  });
  const whole: Weights = new Map([...weights, ...fitted.weights]);
  await writeWeights(join(directory, BEST), whole);
  const logits = await headLogits(network, fitted.weights, val, runtime);
  const valLabels = Int32Array.from(options.val, ({ label }) => label);
  const { valTop1, valLoss } = judge(logits, valLabels, classes, config.seed);
  report?.({ type: "head", epochs, loss: fitted.losses.at(-1)!, valTop1, valLoss });
  return { weights: whole, best: { epoch: epochs - 1, top1: valTop1 } };
}

/** The tensors of a layer among those of the whole network. */
function within(weights: Weights, layer: Layer, width: number): Weights {
  const { slots } = build(layer, ["N", width], { training: false, statistics: "frozen" });
  return new Map([...slots.keys()].map((name) => [name, weights.get(name)!]));
}

/** What computes features. */
interface Backbone {
  readonly network: Network;
  readonly weights: Weights;
  /** Side of the pictures in pixels. */
  readonly size: number;
}

/** What the backbone gives for each picture of a split, [n, features]; from the run's folder if it is there. */
async function features(
  { fit, fingerprint, directory, runtime, workers, ...splits }: PictureOptions,
  { network, weights, size }: Backbone,
  split: "train" | "val",
  onProgress: (done: number) => void,
): Promise<Float32Array> {
  const samples: readonly Sample[] = splits[split];
  const model = inferenceModel(network.backbone, size, weights, "features");
  const graph = encodeModel(model);
  const of = createHash("sha256").update(graph).update(`${fit} ${fingerprint}`).digest("hex");
  const path = join(directory, `features-${split}.safetensors`);
  const stored = await readFeatures(path, of);
  if (stored) return stored;
  const input: ImageInput = { size, fit, mean: network.mean, std: network.std };
  const batches = evaluationBatches(samples, input, { batch: INFERENCE_BATCH, workers });
  const { outputs } = await runOver(model, batches, runtime, onProgress);
  const rows = outputs.features!;
  const tensor = { dims: [samples.length, network.features], data: rows };
  await writeWhole(path, safetensorsPieces(new Map([["features", tensor]]), { of }));
  return rows;
}

/** Features that were stored; undefined where there are none, or of another backbone or other pictures. */
async function readFeatures(path: string, of: string): Promise<Float32Array | undefined> {
  try {
    const bytes = await readFile(path);
    if (readSafetensorsMetadata(bytes, path).of !== of) return undefined;
    return readSafetensors(bytes, path).get("features")?.float32();
  } catch {
    return undefined; // they can always be computed again
  }
}

/** The logits that a head gives for features [n, width]: [n, classes]. */
export async function headLogits(
  { head, features: width }: Pick<Network, "head" | "features">,
  weights: Weights,
  rows: Float32Array,
  runtime: Runtime,
): Promise<Float32Array> {
  const session = await runtime.load(encodeModel(networkModel(head, weights, [width])));
  const { logits } = await session.run({ input: float32(rows, [rows.length / width, width]) });
  await session.dispose();
  return logits!.data as Float32Array;
}
