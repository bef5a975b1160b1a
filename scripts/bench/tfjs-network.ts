import * as tf from "@tensorflow/tfjs-core";
import { linksOf } from "../../engine/onnx/links.ts";
import type { OnnxModel, OnnxNode } from "../../engine/onnx/model.ts";
import { dequantisedConstants } from "../../engine/release/dequantise.ts";

/** Runs a graph once: from an image [1, 3, height, width] to its logits. */
export type TfjsNetwork = (image: Float32Array) => Promise<Float32Array>;

/** A step of the network: what it reads and makes, by the names of the ONNX graph. */
interface Step {
  readonly reads: readonly string[];
  readonly makes: readonly string[];
  compute(inputs: readonly tf.Tensor[]): tf.Tensor | tf.Tensor[];
}

/**
 * A float32 image classifier of ONNX operators on TensorFlow.js, as its own converter would write it: pictures
 * are [N, H, W, C], and an activation goes into the convolution before it. int8 weights are dequantised once. Only
 * the first output is computed.
 *
 * @param model its constants in memory; input "image" [N, 3, height, width]
 * @throws Error naming the first operator that is not one of a classifier's
 */
export function tfjsNetwork(model: OnnxModel): TfjsNetwork {
  const { steps, constants } = compile(model);
  const output = model.graph.outputs[0]!.name;
  const [, ...dims] = model.graph.inputs[0]!.shape as [string, number, number, number];
  const uses = new Map<string, number>([[output, 1]]);
  for (const name of steps.flatMap(({ reads }) => reads)) uses.set(name, (uses.get(name) ?? 0) + 1);

  return async (image) => {
    const values = new Map(constants);
    const left = new Map(uses);
    const release = (name: string) => {
      left.set(name, left.get(name)! - 1);
      if (left.get(name) === 0 && !constants.has(name)) values.get(name)!.dispose();
    };
    const picture = tf.tidy(() => tf.transpose(tf.tensor4d(image, [1, ...dims]), [0, 2, 3, 1]));
    values.set(model.graph.inputs[0]!.name, picture);
    for (const { reads, makes, compute } of steps) {
      const made = tf.tidy(() => compute(reads.map((name) => values.get(name)!)));
      for (const [i, tensor] of [made].flat().entries()) values.set(makes[i]!, tensor);
      for (const name of reads) release(name);
    }
    const logits = (await values.get(output)!.data()) as Float32Array;
    release(output);
    return logits;
  };
}

function compile(model: OnnxModel): { steps: Step[]; constants: Map<string, tf.Tensor> } {
  const { graph } = model;
  const links = linksOf(graph);
  const floats = dequantisedConstants(model);
  const dimsOf = (name: string) =>
    (links.constants.get(name) ?? links.constants.get(links.makers.get(name)!.inputs[0]!))!.dims;
  const constants = new Map<string, tf.Tensor>();
  const done = new Set(floats.keys());
  const steps: Step[] = [];
  const wanted = new Set([graph.outputs[0]!.name]);
  for (const { inputs, outputs } of graph.nodes.toReversed())
    if (outputs.some((name) => wanted.has(name))) for (const name of inputs) wanted.add(name);
  for (const node of graph.nodes) {
    const [output] = node.outputs as [string];
    if (done.has(output) || !node.outputs.some((name) => wanted.has(name))) continue;
    if (node.op === "Conv") {
      const [x, weight, bias] = node.inputs as [string, string, string?];
      const next = links.onlyUser(output);
      const activation = next && activationOf(next, floats);
      const makes = [activation ? next.outputs[0]! : output];
      done.add(makes[0]!);
      constants.set(weight, filters(floats.get(weight)!, dimsOf(weight), group(node)));
      const reads = bias ? [x, weight, bias] : [x, weight];
      steps.push({ reads, makes, compute: convolution(node, activation) });
    } else {
      const reads = node.op === "Clip" ? node.inputs.slice(0, 1) : [...node.inputs];
      steps.push({ reads, makes: node.outputs, compute: ruleFor(node, floats) });
    }
  }
  for (const name of steps.flatMap(({ reads }) => reads)) {
    const data = floats.get(name);
    if (data && !constants.has(name)) constants.set(name, tf.tensor(data, [...dimsOf(name)]));
  }
  return { steps, constants };
}

type Activation = "relu" | "relu6";

/** What a node after a convolution is, if it can be fused into that. */
function activationOf(node: OnnxNode, floats: ReadonlyMap<string, Float32Array>): Activation | undefined {
  if (node.op === "Relu") return "relu";
  const [low, high] = node.inputs.slice(1).map((name) => floats.get(name)?.[0]);
  return node.op === "Clip" && low === 0 && high === 6 ? "relu6" : undefined;
}

/** [K, C, R, S] -> [R, S, C, K]; of one filter a channel, [C, 1, R, S] -> [R, S, C, 1]. */
function filters(data: Float32Array, dims: readonly number[], groups: number): tf.Tensor {
  if (groups !== 1 && (groups !== dims[0] || dims[1] !== 1))
    throw new Error("tfjs: convolutions in groups of several channels are not offered.");
  const order = groups === 1 ? [2, 3, 1, 0] : [2, 3, 0, 1];
  return tf.tidy(() => tf.transpose(tf.tensor(data, [...dims]), order));
}

function convolution(node: OnnxNode, activation: Activation | undefined): Step["compute"] {
  const { strides, pad } = windowOf(node);
  return ([x, filter, bias]) => {
    const shared = { x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, strides, bias, activation };
    return group(node) === 1
      ? tf.fused.conv2d({ ...shared, pad })
      : tf.fused.depthwiseConv2d({ ...shared, pad: pad as "valid" }); // explicit pads work, but are not in its type
  };
}

function ruleFor(node: OnnxNode, floats: ReadonlyMap<string, Float32Array>): Step["compute"] {
  switch (node.op) {
    case "Relu":
      return ([x]) => tf.relu(x!);
    case "Clip": {
      const [low, high] = node.inputs.slice(1).map((name) => floats.get(name)![0]!);
      return ([x]) => tf.clipByValue(x!, low!, high!);
    }
    case "Add":
      return ([a, b]) => tf.add(a!, b!);
    case "Mul":
      return ([a, b]) => tf.mul(a!, b!);
    case "MaxPool": {
      const { kernel, strides, pad } = windowOf(node);
      return ([x]) => tf.maxPool(x as tf.Tensor4D, kernel, strides, pad);
    }
    case "GlobalAveragePool":
      return ([x]) => tf.mean(x!, [1, 2], true);
    case "Flatten":
      return ([x]) => tf.reshape(x!, [x!.shape[0]!, -1]);
    case "Concat":
      return (parts) => tf.concat([...parts], 0);
    case "Split":
      // Of pictures along their height, which here comes second, of answers along the batch.
      return ([x]) => tf.split(x!, node.outputs.length, node.attributes.axis?.value === 2 ? 1 : 0);
    case "Gemm":
      return ([x, weight, bias]) =>
        tf.add(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D, false, isTransposed(node)), bias!);
    case "MatMul":
      return ([a, b]) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D);
    case "Softmax":
      return ([x]) => tf.softmax(x!);
    case "Log":
      return ([x]) => tf.log(x!);
    case "Sum":
      return (parts) => tf.addN([...parts]);
    case "Mean":
      return (parts) => tf.div(tf.addN([...parts]), parts.length);
  }
  throw new Error(`tfjs: the operator ${node.op} at "${node.name}" is not offered.`);
}

const isTransposed = ({ attributes }: OnnxNode): boolean => Number(attributes.transB?.value ?? 0) === 1;

const group = ({ attributes }: OnnxNode): number => Number(attributes.group?.value ?? 1);

function windowOf({ attributes }: OnnxNode): {
  kernel: [number, number];
  strides: [number, number];
  pad: "valid" | [[number, number], [number, number], [number, number], [number, number]];
} {
  const ints = (name: string, usual: number[]) => (attributes[name]?.value as number[] | undefined) ?? usual;
  const [top, left, bottom, right] = ints("pads", [0, 0, 0, 0]) as [number, number, number, number];
  return {
    kernel: ints("kernel_shape", []) as [number, number],
    strides: ints("strides", [1, 1]) as [number, number],
    // biome-ignore format: rows and columns between batch and channels
    pad: top + left + bottom + right === 0 ? "valid" : [[0, 0], [top, bottom], [left, right], [0, 0]],
  };
}
