/** A small network with every operator that quantisation knows, for the tests of this folder. */

import { attribute, node, tensorOf } from "../onnx/build.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "../onnx/model.ts";
import type { Rng } from "../random.ts";
import { float32, type Tensors } from "../runtime/runtime.ts";

/** Side of the square input and its channels. */
const size = 16;
const channels = 3;
/** Classes of the logits. */
export const classes = 5;

/**
 * Input "image" [N, 3, 16, 16], output "logits" [N, 5]: convolution, max pool, a residual block, an expanded
 * depthwise block with ReLU6, a grouped convolution, average pool, global pool and Gemm, with batch norms
 * behind the convolutions.
 */
export function smallNetwork(rng: Rng): OnnxModel {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [
    tensorOf("low", new Float32Array([0]), []),
    tensorOf("high", new Float32Array([6]), []),
  ];
  const constant = (name: string, dims: readonly number[], draw: () => number) => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    initializers.push(tensorOf(name, new Float32Array(length).map(draw), dims));
    return name;
  };
  const add = (output: string, op: string, inputs: string[], attributes: OnnxNode["attributes"] = {}) => {
    nodes.push(node(op, inputs, [output], attributes));
    return output;
  };
  const convolution = (name: string, x: string, from: number, to: number, kernel: number, group = 1) => {
    const fanIn = (from / group) * kernel ** 2;
    const weight = constant(
      `${name}.weight`,
      [to, from / group, kernel, kernel],
      () => rng.normal() / fanIn ** 0.5,
    );
    const border = (kernel - 1) / 2;
    const y = add(`${name}.sum`, "Conv", [x, weight], {
      pads: attribute.ints([border, border, border, border]),
      group: attribute.int(group),
    });
    const statistics = [
      constant(`${name}.norm.weight`, [to], () => rng.uniform(0.5, 2)),
      constant(`${name}.norm.bias`, [to], () => rng.normal() / 2),
      constant(`${name}.norm.mean`, [to], () => rng.normal() / 4),
      constant(`${name}.norm.variance`, [to], () => rng.uniform(0.5, 2)),
    ];
    return add(name, "BatchNormalization", [y, ...statistics], { epsilon: attribute.float(1e-3) });
  };
  const half = { kernel_shape: attribute.ints([2, 2]), strides: attribute.ints([2, 2]) };

  const stem = add("stem.relu", "Relu", [convolution("stem", "image", channels, 16, 3)]);
  const pooled = add("stem.pool", "MaxPool", [stem], half);
  const inner = add("block.relu", "Relu", [convolution("block.1", pooled, 16, 16, 3)]);
  const sum = add("block.add", "Add", [convolution("block.2", inner, 16, 16, 3), pooled]);
  const block = add("block", "Relu", [sum]);
  const wide = add("wide.relu", "Clip", [convolution("wide", block, 16, 48, 1), "low", "high"]);
  const deep = add("depthwise.relu", "Clip", [convolution("depthwise", wide, 48, 48, 3, 48), "low", "high"]);
  const narrow = add("inverted", "Add", [convolution("narrow", deep, 48, 16, 1), block]);
  const grouped = convolution("grouped", narrow, 16, 32, 3, 2);
  const averaged = add("average", "AveragePool", [grouped], half);
  const flat = add("features", "Flatten", [add("pool", "GlobalAveragePool", [averaged])]);
  constant("classifier.weight", [classes, 32], () => rng.normal());
  constant("classifier.bias", [classes], () => rng.normal());
  add("logits", "Gemm", [flat, "classifier.weight", "classifier.bias"], { transB: attribute.int(1) });
  return {
    irVersion: 8,
    opsets: [{ domain: "", version: 17 }],
    producer: "nacre",
    metadata: {},
    graph: {
      name: "small",
      nodes,
      initializers,
      inputs: [{ name: "image", type: "float32", shape: ["N", channels, size, size] }],
      outputs: [{ name: "logits", type: "float32", shape: ["N", classes] }],
    },
  };
}

/** `count` batches of four random pictures. */
export function smallBatches(rng: Rng, count: number): Tensors[] {
  const dims = [4, channels, size, size];
  const length = dims.reduce((product, dim) => product * dim, 1);
  return Array.from({ length: count }, () => ({
    image: float32(
      new Float32Array(length).map(() => rng.normal()),
      dims,
    ),
  }));
}
