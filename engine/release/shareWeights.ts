import { attribute, node, tensorOf } from "../onnx/build.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "../onnx/model.ts";
import { floatsOf } from "../onnx/values.ts";

const FLOAT32 = 1;

/**
 * `model` with the weights of those names that `quantised` stores in 8 bits taken as they are there, so that both
 * can lie in one file. A product with the scales gives them back: onnxruntime 1.30 fails to load DequantizeLinear
 * nodes whose result goes to several others, as weights do on the way back.
 */
export function shareWeights(model: OnnxModel, quantised: OnnxModel): OnnxModel {
  const stored = new Map(quantised.graph.initializers.map((tensor) => [tensor.name, tensor]));
  const small = new Map(
    quantised.graph.nodes
      .filter(({ op }) => op === "DequantizeLinear")
      .map((dequantise) => [dequantise.outputs[0]!, dequantise]),
  );
  const nodes: OnnxNode[] = [];
  const constants: OnnxTensor[] = [];
  for (const tensor of model.graph.initializers) {
    const dequantise = small.get(tensor.name);
    if (!dequantise) {
      constants.push(tensor);
      continue;
    }
    const [values, scales] = dequantise.inputs.map((name) => stored.get(name)!) as [OnnxTensor, OnnxTensor];
    const axis = Number(dequantise.attributes.axis?.value);
    const floats = floatsOf(scales);
    const dims = tensor.dims.map((_, i) => (i === axis ? floats.length : 1));
    constants.push(values, tensorOf(scales.name, floats, dims));
    nodes.push(
      node("Cast", [values.name], [`${tensor.name}.float`], { to: attribute.int(FLOAT32) }),
      node("Mul", [`${tensor.name}.float`, scales.name], [tensor.name]),
    );
  }
  const graph = { ...model.graph, nodes: [...nodes, ...model.graph.nodes], initializers: constants };
  return { ...model, graph };
}
