import { tensorOf } from "../onnx/build.ts";
import { linksOf } from "../onnx/links.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "../onnx/model.ts";
import { floatsOf } from "../onnx/values.ts";
import { channelIndex, roundWeights, type WeightUse, weightUse } from "./quantise-weights.ts";

/**
 * Bias correction (Nagel et al. 2019, §4.2): rounding weights shifts the mean of every output channel by
 * ε·E[x], with ε the weights' rounding errors, which is taken off its bias beforehand. The float weights stay,
 * so that quantiseWeights and quantiseStatic round them as this function expects.
 *
 * Nodes without a bias, or with one that others use too, stay as they are.
 *
 * @param means E[x] of every channel, by value, as `calibrate` measures it.
 */
export function correctBias(model: OnnxModel, means: ReadonlyMap<string, Float64Array>): OnnxModel {
  const { graph } = model;
  const links = linksOf(graph);
  const corrected = new Map<string, OnnxTensor>();
  for (const user of graph.nodes) {
    const use = weightUse(user, links);
    const mean = means.get(user.inputs[0]!);
    if (!use?.bias || !mean || links.onlyUser(use.bias.name) !== user) continue;
    const shift = meanError(user, use, mean);
    const bias = floatsOf(use.bias).map((b, c) => b - shift[c]!);
    corrected.set(use.bias.name, tensorOf(use.bias.name, bias, use.bias.dims));
  }
  const initializers = graph.initializers.map((tensor) => corrected.get(tensor.name) ?? tensor);
  return { ...model, graph: { ...graph, initializers } };
}

/** ε·E[x] of every output channel. What a convolution pads with is counted as if it were mean input. */
function meanError(user: OnnxNode, use: WeightUse, mean: Float64Array): Float64Array {
  const { weight, axis } = use;
  const weights = floatsOf(weight);
  const { values, scales } = roundWeights(use);
  const outputOf = channelIndex(weight, axis);
  // Of a convolution [out, in / groups, …] the second axis counts the inputs within the output's group.
  const inputOf = channelIndex(weight, axis === 0 ? 1 : 0);
  const inputsPerGroup = weight.dims[axis === 0 ? 1 : 0]!;
  const groups = user.op === "Conv" ? Number(user.attributes.group?.value ?? 1) : 1;
  const outputsPerGroup = scales.length / groups;
  const error = new Float64Array(scales.length);
  for (let i = 0; i < weights.length; i++) {
    const output = outputOf(i);
    const input = Math.floor(output / outputsPerGroup) * inputsPerGroup + inputOf(i);
    error[output]! += (values[i]! * scales[output]! - weights[i]!) * mean[input]!;
  }
  return error;
}
