import type { Layer } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { networkModel } from "../train/networkModel.ts";
import type { Weights } from "../train/weights.ts";
import { foldBatchNorm } from "./fold.ts";

/**
 * A trained network as the bytes of an .onnx file, which any ONNX runtime runs: "input" [N, ...shape] ->
 * "logits", batch norms folded into convolutions. Throws NacreError("weights") where the weights are of
 * another network.
 */
export const exportOnnx = (layer: Layer, weights: Weights, shape: readonly number[]): Uint8Array =>
  encodeModel(foldBatchNorm(networkModel(layer, weights, shape)));
