import { evaluationBatches } from "../data/evaluation.ts";
import type { ImageInput } from "../data/image/normalise.ts";
import { networkOf } from "../networks/index.ts";
import { classifier } from "../networks/network.ts";
import { Rng } from "../random.ts";
import { negativeLogLikelihood, softmax } from "./calibration.ts";
import { finalSize } from "./config.ts";
import { inferenceModel, LOGITS, runOver } from "./evaluate.ts";
import { measure } from "./metrics.ts";
import { expectUninterrupted, type TrainOptions } from "./run.ts";
import type { Weights } from "./weights.ts";

/** How a network fares on val. */
export interface Validation {
  readonly valTop1: number;
  readonly valMacroF1: number;
  /** Mean negative log-likelihood, in nats. */
  readonly valLoss: number;
}

/** Pictures in one run of a network for inference. */
export const INFERENCE_BATCH = 16;

/** Measures weights on val, in float32 and at the size that is released. Throws NacreError "interrupted", "input". */
export async function validate(options: TrainOptions, weights: Weights): Promise<Validation> {
  const { config, classes, val, fit, runtime, workers, report } = options;
  const network = networkOf(config.network, classes);
  const size = finalSize(config);
  const model = inferenceModel(classifier(network), size, weights);
  const input: ImageInput = { size, fit, mean: network.mean, std: network.std };
  const batches = evaluationBatches(val, input, { batch: INFERENCE_BATCH, workers });
  const { outputs, labels } = await runOver(model, batches, runtime, (done) => {
    report?.({ type: "val", done, of: val.length });
    expectUninterrupted(options);
  });
  return judge(outputs[LOGITS]!, labels, classes, config.seed);
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
