import { attribute, node, renamed } from "../onnx/build.ts";
import type { OnnxModel, OnnxNode } from "../onnx/model.ts";

/**
 * The same classifier for two looks at each picture, one above the other in its input (Krizhevsky et al. 2012,
 * "ImageNet Classification with Deep Convolutional Neural Networks", §4.1, take ten): every output is the mean over
 * both, but for maps, outputs of four axes, which are those of the first look.
 *
 * The graph must have one input [N, 3, height, width], and N first in every output; it gets [N, 3, 2 · height, width].
 */
export function withTwoLooks(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const input = graph.inputs[0]!;
  const image = input.name;
  const [batch, channels, height, width] = input.shape!;
  const two = { num_outputs: attribute.int(2) };
  const both = (name: string) => `${name}.both`;
  const inner = new Set([image, ...graph.outputs.map(({ name }) => name)]);
  const parts = [`${image}.first`, `${image}.second`];
  const nodes: OnnxNode[] = [
    node("Split", [image], parts, { axis: attribute.int(2), ...two }),
    node("Concat", parts, [both(image)], { axis: attribute.int(0) }),
    ...renamed(graph.nodes, (name) => (inner.has(name) ? both(name) : name)),
  ];
  for (const { name, shape } of graph.outputs) {
    const isMap = shape?.length === 4;
    const [first, second] = [isMap ? name : `${name}.first`, `${name}.second`];
    nodes.push(node("Split", [both(name)], [first, second], { axis: attribute.int(0), ...two }));
    if (!isMap) nodes.push(node("Mean", [first, second], [name]));
  }
  const inputs = [{ ...input, shape: [batch!, channels!, 2 * Number(height), width!] }];
  return { ...model, graph: { ...graph, inputs, nodes } };
}
