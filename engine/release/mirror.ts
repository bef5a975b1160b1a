import { attribute, node, tensorOf } from "../onnx/build.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "../onnx/model.ts";

/**
 * The same classifier, asked about each picture and its mirror image: every output is the mean of both, places of
 * maps turned back first. Left and right seldom matter to what a thing is, so this is one more look for the price
 * of one more look (Krizhevsky et al. 2012, "ImageNet Classification with Deep Convolutional Neural Networks",
 * §4.1, take five crops and their reflections).
 *
 * The graph must have one input [N, 3, height, width], and N first in every output; outputs of four axes are maps.
 */
export function withMirror(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const image = graph.inputs[0]!.name;
  const nodes: OnnxNode[] = [];
  const constants: OnnxTensor[] = [];
  const int = (name: string, value: number) => {
    const tensor = tensorOf(`mirror.${name}`, BigInt64Array.of(BigInt(value)));
    constants.push(tensor);
    return tensor.name;
  };
  // A Slice backwards over the whole axis: from the last to before the first.
  const ends = [int("start", -1), int("end", -(2 ** 31)), int("axis", 3), int("step", -1)];
  const mirrored = (name: string) => {
    nodes.push(node("Slice", [name, ...ends], [`${name}.mirrored`]));
    return `${name}.mirrored`;
  };
  const both = (name: string) => `${name}.both`;
  nodes.push(node("Concat", [image, mirrored(image)], [both(image)], { axis: attribute.int(0) }));

  const inner = new Set(graph.outputs.map(({ name }) => name));
  const renamed = (name: string) => (name === image || inner.has(name) ? both(name) : name);
  for (const each of graph.nodes)
    nodes.push({
      ...each,
      name: renamed(each.name),
      inputs: each.inputs.map(renamed),
      outputs: each.outputs.map(renamed),
    });

  for (const { name, shape } of graph.outputs) {
    const [first, second] = [`${name}.first`, `${name}.second`];
    nodes.push(node("Split", [both(name)], [first, second], { num_outputs: attribute.int(2) }));
    nodes.push(node("Mean", [first, shape?.length === 4 ? mirrored(second) : second], [name]));
  }
  return { ...model, graph: { ...graph, nodes, initializers: [...graph.initializers, ...constants] } };
}
