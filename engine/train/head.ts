import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluationBatches } from "../data/evaluation.ts";
import type { ImageInput } from "../data/image/normalise.ts";
import type { Sample } from "../data/sample.ts";
import { servingModel } from "../lower/serving.ts";
import { networkOf } from "../networks/index.ts";
import { build, type Layer } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { float32, type Runtime } from "../runtime/runtime.ts";
import { readSafetensors, safetensorsPieces } from "../weights/safetensors.ts";
import { negativeLogLikelihood, softmax } from "./calibration.ts";
import { optimiserOf, rateOf, scheduleOf } from "./config.ts";
import { inferenceModel, runOver } from "./evaluate.ts";
import { fitClassifier } from "./fit.ts";
import { measure } from "./metrics.ts";
import type { TrainOptions, TrainResult } from "./train.ts";
import type { Weights } from "./weights.ts";
import { writeWeights } from "./weightsFile.ts";
import { writeWhole } from "./writeWhole.ts";

/** A head learns in a moment, so it sees its features this much more often than a whole network its pictures. */
const EPOCHS_PER_EPOCH = 10;

/**
 * Feature extraction: runs the frozen backbone once over all pictures, unvaried, keeps what it gives in the
 * run's folder, and trains the head alone on that, in seconds. Options as for `train`.
 *
 * @param onFeatures told how many pictures have been seen, of so many
 */
export async function trainHead(
  options: TrainOptions,
  onFeatures: (done: number, of: number) => void = () => {},
): Promise<TrainResult> {
  const { config, classes, directory, runtime, weights } = options;
  const network = networkOf(config.network, classes);
  await mkdir(directory, { recursive: true });
  const of = options.train.length + options.val.length;
  const train = await features(options, options.train, "train", (n) => onFeatures(n, of));
  const val = await features(options, options.val, "val", (n) => onFeatures(options.train.length + n, of));
  const epochs = EPOCHS_PER_EPOCH * config.sizes.reduce((sum, stage) => sum + stage.epochs, 0);
  const fitted = await fitClassifier(network.head, {
    data: { inputs: train.rows, shape: [network.features], labels: train.labels },
    epochs,
    batch: Math.min(config.batch, train.labels.length),
    optimiser: optimiserOf(config.optimiser),
    schedule: (steps) => scheduleOf(config.schedule, steps),
    rateOf: (name) => rateOf(config, name),
    penalty: { l1: config.l1, l2: config.l2 },
    labelSmoothing: config.labelSmoothing,
    weights: within(weights, network.head, network.features),
    seed: config.seed,
    runtime,
  });
  const whole: Weights = new Map([...weights, ...fitted.weights]);
  await writeWeights(join(directory, "best.safetensors"), whole);
  const logits = await headLogits(network.head, fitted.weights, val.rows, network.features, runtime);
  const metrics = measure(softmax(logits, 1, classes), val.labels, classes, new Rng(config.seed));
  options.report?.({
    type: "head",
    epochs,
    loss: fitted.losses.at(-1)!,
    valTop1: metrics.top1.value,
    valLoss: negativeLogLikelihood(logits, val.labels, classes),
  });
  return { weights: whole, best: { epoch: epochs - 1, value: metrics.top1.value } };
}

/** The tensors of a layer among those of the whole network. */
function within(weights: Weights, layer: Layer, width: number): Weights {
  const { slots } = build(layer, ["N", width], { training: false, statistics: "frozen" });
  return new Map([...slots.keys()].map((name) => [name, weights.get(name)!]));
}

/** What the backbone gives for each picture, [n, features], from the run's folder if it is there. */
async function features(
  { config, classes, fit: shape, weights, directory, runtime, workers }: TrainOptions,
  samples: readonly Sample[],
  split: string,
  onProgress: (done: number) => void,
): Promise<{ rows: Float32Array; labels: Int32Array }> {
  const labels = Int32Array.from(samples, ({ label }) => label);
  const path = join(directory, `features-${split}.safetensors`);
  const network = networkOf(config.network, classes);
  if (existsSync(path)) {
    const stored = readSafetensors(await readFile(path), path).get("features");
    if (stored?.dims.join() === [samples.length, network.features].join())
      return { rows: stored.float32(), labels };
  }
  const { size } = config.sizes.at(-1)!;
  const input: ImageInput = { size, fit: shape, mean: network.mean, std: network.std };
  const model = inferenceModel(network.backbone, size, weights, "features");
  const { rows } = await runOver(
    model,
    evaluationBatches(samples, input, { batch: 16, workers }),
    runtime,
    onProgress,
  );
  const tensor = { dims: [samples.length, network.features], data: rows };
  await writeWhole(path, safetensorsPieces(new Map([["features", tensor]])));
  return { rows, labels };
}

async function headLogits(
  head: Layer,
  weights: Weights,
  rows: Float32Array,
  width: number,
  runtime: Runtime,
) {
  const { input, output, slots } = build(head, ["N", width], { training: false, statistics: "frozen" });
  const model = servingModel({
    inputs: [{ name: "features", value: input }],
    outputs: [{ name: "logits", value: output }],
    weights: [...slots.values()].map(({ name, value }) => ({ name, value, data: weights.get(name)!.data })),
  });
  const session = await runtime.load(encodeModel(model));
  const { logits } = await session.run({ features: float32(rows, [rows.length / width, width]) });
  await session.dispose();
  return logits!.data as Float32Array;
}
