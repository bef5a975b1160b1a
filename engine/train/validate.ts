import { evaluationBatches } from "../data/evaluation.ts";
import type { ImageInput } from "../data/image/normalise.ts";
import type { Sample } from "../data/sample.ts";
import { networkOf } from "../networks/index.ts";
import { classifier } from "../networks/network.ts";
import { Rng } from "../random.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { negativeLogLikelihood, softmax } from "./calibration.ts";
import type { Validation } from "./curriculum.ts";
import { inferenceModel, LOGITS, runOver } from "./evaluate.ts";
import { measure } from "./metrics.ts";
import { finalSize, type PictureConfig } from "./pictureConfig.ts";
import type { Weights } from "./weights.ts";

/** Pictures in one run of a network for inference. */
export const INFERENCE_BATCH = 16;

/** What pictures are measured by. */
export interface ValidationOptions {
  readonly config: PictureConfig;
  readonly classes: number;
  readonly val: readonly Sample[];
  readonly fit: ImageInput["fit"];
  readonly runtime: Runtime;
  readonly workers: number;
}

/** Measures weights on pictures, in float32 and at the size that is released. Throws NacreError "input". */
export async function validate(
  options: ValidationOptions,
  weights: Weights,
  onProgress: (done: number, of: number) => void,
): Promise<Validation> {
  const { logits, labels } = await answersOnVal(options, weights, onProgress);
  return judge(logits, labels, options.classes, options.config.seed);
}

/** What weights say of the pictures, logits [N, classes], as `validate` measures them. Throws NacreError "input". */
export async function answersOnVal(
  options: ValidationOptions,
  weights: Weights,
  onProgress: (done: number, of: number) => void,
): Promise<{ logits: Float32Array; labels: Int32Array }> {
  const { config, classes, val, fit, runtime, workers } = options;
  const network = networkOf(config.network, classes);
  const size = finalSize(config);
  const model = inferenceModel(classifier(network), size, weights);
  const input: ImageInput = { size, fit, mean: network.mean, std: network.std };
  const batches = evaluationBatches(val, input, { batch: INFERENCE_BATCH, workers });
  const { outputs, labels } = await runOver(model, batches, runtime, (done) => {
    onProgress(done, val.length);
  });
  return { logits: outputs[LOGITS]!, labels };
}

/** What logits [N, classes] of val are worth. */
export function judge(logits: Float32Array, labels: Int32Array, classes: number, seed: number): Validation {
  const metrics = measure(softmax(logits, 1, classes), labels, classes, new Rng(seed));
  return {
    valTop1: metrics.top1.value,
    valMacroF1: metrics.macroF1.value,
    valLoss: negativeLogLikelihood(logits, labels, classes),
  };
}
