import { tensorOf } from "../onnx/build.ts";
import { dropUnusedConstants, linksOf } from "../onnx/links.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "../onnx/model.ts";
import { floatsOf } from "../onnx/values.ts";

/** BatchNormalization's epsilon when the node states none (ONNX operator reference). */
const defaultEpsilon = 1e-5;

/**
 * Folds each inference batch norm into the convolution before it (Jacob et al. 2018, §3.2), computed in
 * float64: with a = γ / √(variance + ε), the weights become a·w and the bias a·(b − mean) + β.
 *
 * Left as they are: batch norms whose convolution feeds something else too, shares its weights with another,
 * or has weights that are not constants.
 */
export function foldBatchNorm(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const { constants, makers, onlyUser } = linksOf(graph);
  const replaced = new Map<OnnxNode, OnnxNode | undefined>();
  const initializers = new Map<string, OnnxTensor>(constants);
  for (const norm of graph.nodes) {
    const [x, ...parameterNames] = norm.inputs;
    const conv = makers.get(x ?? "");
    if (norm.op !== "BatchNormalization" || norm.outputs.length !== 1 || conv?.op !== "Conv") continue;
    const [, weightName, biasName] = conv.inputs;
    const weight = constants.get(weightName!);
    const bias = biasName ? constants.get(biasName) : undefined;
    const parameters = parameterNames.map((name) => constants.get(name));
    if (onlyUser(x!) !== norm || onlyUser(weightName!) !== conv) continue;
    if (!weight || (biasName && !bias) || parameters.includes(undefined)) continue;

    const [gamma, beta, mean, variance] = parameters.map((tensor) => floatsOf(tensor!)) as FourArrays;
    const epsilon = norm.attributes.epsilon?.value ?? defaultEpsilon;
    const factor = Float64Array.from(gamma, (g, i) => g / Math.sqrt(variance[i]! + Number(epsilon)));
    const weights = floatsOf(weight);
    const fanIn = weights.length / factor.length;
    const shift = bias ? floatsOf(bias) : new Float32Array(factor.length);
    const foldedBias = shift.map((b, i) => factor[i]! * (b - mean[i]!) + beta[i]!);
    const foldedWeights = weights.map((w, i) => w * factor[Math.floor(i / fanIn)]!);
    const foldedBiasName = unused(initializers, `${weightName!.replace(/\.?weight$/, "")}.bias`);
    initializers.set(weightName!, tensorOf(weightName!, foldedWeights, weight.dims));
    initializers.set(foldedBiasName, tensorOf(foldedBiasName, foldedBias));
    replaced.set(conv, undefined);
    replaced.set(norm, {
      ...conv,
      inputs: [conv.inputs[0]!, weightName!, foldedBiasName],
      outputs: norm.outputs,
    });
  }
  const nodes = graph.nodes.flatMap((node) => (replaced.has(node) ? (replaced.get(node) ?? []) : node));
  return {
    ...model,
    graph: dropUnusedConstants({ ...graph, nodes, initializers: [...initializers.values()] }),
  };
}

type FourArrays = [Float32Array, Float32Array, Float32Array, Float32Array];

function unused(taken: ReadonlyMap<string, unknown>, name: string): string {
  return taken.has(name) ? unused(taken, `${name}.folded`) : name;
}
