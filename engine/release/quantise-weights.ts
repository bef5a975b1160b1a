import { NacreError } from "../errors.ts";
import { attribute, node, tensorOf } from "../onnx/build.ts";
import { type Links, linksOf } from "../onnx/links.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "../onnx/model.ts";
import { floatsOf } from "../onnx/values.ts";

/** int8 weights with one scale for each output channel: w ≈ scale[c] · values. */
export interface QuantisedWeights {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/** Where a node's constant weights are and which of their axes counts the output channels. */
export interface WeightUse {
  readonly weight: OnnxTensor;
  readonly axis: 0 | 1;
  readonly bias: OnnxTensor | undefined;
}

/**
 * The same model with the weights of every Conv, Gemm and MatMul, of recurrent layers and embeddings as int8,
 * symmetric for each output channel (Krishnamoorthi 2018, §3.1) or row of a table, and DequantizeLinear nodes that
 * give them back under their old names. All arithmetic stays in float32; biases too.
 *
 * @throws NacreError("weights") if the opset is below 13, which knows no scales along an axis.
 */
export function quantiseWeights(model: OnnxModel): OnnxModel {
  const opset = model.opsets.find(({ domain }) => domain === "" || domain === "ai.onnx")?.version ?? 0;
  if (opset < 13)
    throw new NacreError(
      "weights",
      `The graph is of opset ${opset}, but quantisation needs 13 or later. Export it again with a later opset.`,
    );
  const { graph } = model;
  const links = linksOf(graph);
  const quantised = new Map<string, { constants: OnnxTensor[]; dequantise: OnnxNode }>();
  for (const user of graph.nodes) {
    const use = weightUse(user, links) ?? rowsUse(user, links);
    if (!use) continue;
    const { name, dims } = use.weight;
    const { values, scales } = roundWeights(use);
    const valuesName = `${name}.int8`;
    const [scalesName, zeroName] = [`${valuesName}.scale`, `${valuesName}.zero`];
    quantised.set(name, {
      constants: [
        tensorOf(valuesName, values, dims),
        tensorOf(scalesName, scales),
        // All zero, and stated because onnxruntime fuses only nodes that state it.
        tensorOf(zeroName, new Int8Array(scales.length)),
      ],
      dequantise: node("DequantizeLinear", [valuesName, scalesName, zeroName], [name], {
        axis: attribute.int(use.axis),
      }),
    });
  }
  const parts = [...quantised.values()];
  return {
    ...model,
    graph: {
      ...graph,
      nodes: [...parts.map(({ dequantise }) => dequantise), ...graph.nodes],
      initializers: [
        ...graph.initializers.filter(({ name }) => !quantised.has(name)),
        ...parts.flatMap(({ constants }) => constants),
      ],
    },
  };
}

/**
 * The constant float32 weights that `user` multiplies by; undefined if it is of another kind, or shares them with
 * another node: onnxruntime 1.30 fails to load two products that dequantise the same weights.
 */
export function weightUse(user: OnnxNode, { constants, onlyUser }: Links): WeightUse | undefined {
  const [, weightName, biasName] = user.inputs;
  const weight = constants.get(weightName ?? "");
  if (!weight || user.domain !== "" || weight.type !== "float32") return undefined;
  if (onlyUser(weight.name) !== user) return undefined;
  const bias = biasName ? constants.get(biasName) : undefined;
  if (user.op === "Conv") return { weight, axis: 0, bias };
  if (weight.dims.length !== 2) return undefined;
  if (user.op === "Gemm" && !user.attributes.transA?.value)
    return { weight, axis: user.attributes.transB?.value ? 0 : 1, bias };
  return user.op === "MatMul" ? { weight, axis: 1, bias: undefined } : undefined;
}

/** What a matrix goes to before somebody multiplies by it; a row is a channel. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  Reshape: ["LSTM", "GRU", "RNN"], // which have an axis for directions
  Transpose: ["MatMul"],
};

/** Rows that are shorter share scales by column: a scale for each would take more than the row. */
const SHORT = 16;

/** A constant matrix of which `user` takes rows, or hands all on to a product; undefined if it does neither. */
function rowsUse(user: OnnxNode, { constants, onlyUser }: Links): WeightUse | undefined {
  const weight = constants.get(user.inputs[0] ?? "");
  if (weight?.type !== "float32" || weight.dims.length !== 2 || onlyUser(weight.name) !== user)
    return undefined;
  const next = onlyUser(user.outputs[0]!)?.op ?? "";
  if (user.op === "Gather") return { weight, axis: weight.dims[1]! < SHORT ? 1 : 0, bias: undefined };
  return BEHIND[user.op]?.includes(next) ? { weight, axis: 0, bias: undefined } : undefined;
}

/**
 * Smallest scale, as a share of the channel's bias. A dead channel, all of whose weights are next to nothing,
 * would otherwise get a scale in which its bias does not fit into 32 bits.
 */
const scaleFloor = 2 ** -18;

/** Rounds to the nearest of −127 … 127, in which the largest weight of each channel is ±127. */
export function roundWeights({ weight, axis, bias }: WeightUse): QuantisedWeights {
  const weights = floatsOf(weight);
  const channels = weight.dims[axis]!;
  const channelOf = channelIndex(weight, axis);
  const scales = new Float32Array(channels);
  for (let i = 0; i < weights.length; i++) {
    const c = channelOf(i);
    scales[c] = Math.max(scales[c]!, Math.abs(weights[i]!) / 127);
  }
  const biases = bias ? floatsOf(bias) : new Float32Array();
  for (let c = 0; c < channels; c++)
    scales[c] = Math.max(scales[c]!, Math.abs(biases[c] ?? 0) * scaleFloor) || 1;
  const values = Int8Array.from(weights, (w, i) => clamp(Math.round(w / scales[channelOf(i)]!), -127, 127));
  return { values, scales };
}

/** The output channel of the i-th weight, row-major. */
export function channelIndex({ dims }: OnnxTensor, axis: 0 | 1): (i: number) => number {
  const after = dims.slice(axis + 1).reduce((product, dim) => product * dim, 1);
  const channels = dims[axis]!;
  return (i) => Math.floor(i / after) % channels;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
