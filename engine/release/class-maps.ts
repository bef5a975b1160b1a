import { attribute, node } from "../onnx/build.ts";
import { dropUnusedConstants, linksOf } from "../onnx/links.ts";
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor } from "../onnx/model.ts";

/** What a served graph calls its class activation maps: float32 [N, classes, h, w]. */
export const MAPS = "maps";

/**
 * The same classifier with one more output, `MAPS`: what each place of the picture says for each class (Zhou et
 * al. 2016, "Learning Deep Features for Discriminative Localization"). The head is linear, so it may come before
 * the pooling instead of after it: the logits are the maps' means over all places, and cost no more than before.
 *
 * The graph must end as our networks do: mean over places, product with a weight [classes, features], bias.
 */
export function withClassMaps(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const head = headOf(graph);
  const replaced = new Set([head.sum, head.scale, head.product, head.add]);
  const [logits] = graph.outputs;
  const [batch, classes] = [logits!.shape?.[0] ?? "N", head.weight.dims[0]!];
  const weight = { ...head.weight, dims: [...head.weight.dims, 1, 1] };
  const nodes = [
    ...graph.nodes.filter((each) => !replaced.has(each)),
    node("Conv", [head.features, weight.name, head.bias], [MAPS], { kernel_shape: attribute.ints([1, 1]) }),
    node("GlobalAveragePool", [MAPS], [`${MAPS}.mean`]),
    node("Flatten", [`${MAPS}.mean`], [logits!.name]),
  ];
  const initializers = graph.initializers.map((tensor) => (tensor.name === weight.name ? weight : tensor));
  const outputs = [
    logits!,
    { name: MAPS, type: "float32" as const, shape: [batch, classes, "height", "width"] },
  ];
  return { ...model, graph: dropUnusedConstants({ ...graph, nodes, initializers, outputs }) };
}

interface Head {
  /** The value [N, features, h, w] that is pooled. */
  readonly features: string;
  readonly sum: OnnxNode;
  readonly scale: OnnxNode;
  readonly product: OnnxNode;
  readonly add: OnnxNode;
  readonly weight: OnnxTensor;
  readonly bias: string;
}

function headOf(graph: OnnxGraph): Head {
  const { makers, constants } = linksOf(graph);
  const made = (name: string | undefined, op: string): OnnxNode => {
    const maker = makers.get(name ?? "");
    if (maker?.op === op) return maker;
    throw new Error(`class maps: "${name}" is made by ${maker?.op}, not ${op}; the head is of another form.`);
  };
  const add = made(graph.outputs[0]!.name, "Add");
  const product = made(add.inputs[0], "Gemm");
  const scale = made(product.inputs[0], "Mul");
  const sum = made(scale.inputs[0], "ReduceSum");
  const weight = constants.get(product.inputs[1]!)!;
  return { features: sum.inputs[0]!, sum, scale, product, add, weight, bias: add.inputs[1]! };
}
