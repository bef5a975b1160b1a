import type { DType, Shape } from "../graph/value.ts";
import { servingModel } from "../lower/serving.ts";
import { build, type Layer } from "../nn/scope.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { expectWeights, type Weights } from "./weights.ts";

/**
 * A network for inference as ONNX, in float32: `names.input` [N, ...shape], N and other named sizes as large as
 * they come -> `names.output`. Throws NacreError("weights") where the weights are of another network.
 */
export function networkModel(
  layer: Layer,
  weights: Weights,
  shape: Shape,
  names = { input: "input", output: "logits" },
  dtype: DType = "float32",
): OnnxModel {
  const mode = { training: false, statistics: "frozen" } as const;
  const { input, output, slots } = build(layer, ["N", ...shape], mode, names.input, dtype);
  expectWeights(slots.values(), weights);
  return servingModel({
    inputs: [{ name: names.input, value: input }],
    outputs: [{ name: names.output, value: output }],
    weights: [...slots.values()].map(({ name, value }) => ({ name, value, data: weights.get(name)!.data })),
  });
}
