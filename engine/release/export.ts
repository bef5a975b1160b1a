import { servingModel } from "../lower/serving.ts";
import { build, type Layer } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { expectWeights, type Weights } from "../train/weights.ts";
import { foldBatchNorm } from "./fold.ts";

/**
 * A trained network for inference, batch norms folded into convolutions: "input" [N, ...shape] with N as
 * large as it comes -> "logits". Throws NacreError("weights") where they are of another network.
 */
export function networkModel(layer: Layer, weights: Weights, shape: readonly number[]): OnnxModel {
  const { input, output, slots } = build(layer, ["N", ...shape], { training: false, statistics: "frozen" });
  expectWeights(slots.values(), weights);
  return foldBatchNorm(
    servingModel({
      inputs: [{ name: "input", value: input }],
      outputs: [{ name: "logits", value: output }],
      weights: [...slots.values()].map(({ name, value }) => ({ name, value, data: weights.get(name)!.data })),
    }),
  );
}

/** `networkModel` as the bytes of an .onnx file, which any ONNX runtime runs. */
export const exportOnnx = (layer: Layer, weights: Weights, shape: readonly number[]): Uint8Array =>
  encodeModel(networkModel(layer, weights, shape));
