import type { Slot } from "../nn/scope.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { type StoredTensor, storedTensor } from "../weights/stored.ts";
import { dequantisedConstants } from "./dequantise.ts";

/** What inference computes with: BatchNormalization's epsilon in our networks. */
const EPSILON = 1e-5;

/**
 * The tensors of a released network by the names that training has for them. A release holds convolutions
 * with their batch norm folded in; here each gets a norm again that changes nothing but adds the bias, so
 * that the network can be trained on.
 *
 * @param model the release's graph with float arithmetic, its external data filled in
 * @param slots the tensors of the same network, in the order in which they were built
 */
export function releasedWeights(model: OnnxModel, slots: Iterable<Slot>): Map<string, StoredTensor> {
  const constants = dequantisedConstants(model);
  const stored = new Map<string, StoredTensor>();
  const put = ({ name, shape }: Slot, values: Float32Array) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    stored.set(name, storedTensor("F32", shape, bytes, name));
  };
  let convolution = "";
  for (const slot of slots) {
    const { name, shape, kind } = slot;
    const direct = constants.get(name);
    if (shape.length === 4) convolution = name;
    if (direct && direct.length === shape.reduce((n, dim) => n * dim, 1)) {
      put(slot, direct);
      continue;
    }
    // A batch norm: its convolution was the last tensor of four dimensions before it.
    const bias = constants.get(convolution.replace(/weight$/, "bias"));
    if (!bias) continue;
    if (kind === "statistic")
      put(slot, new Float32Array(bias.length).fill(name.endsWith("var") ? 1 - EPSILON : 0));
    else put(slot, name.endsWith("bias") ? bias : new Float32Array(bias.length).fill(1));
  }
  return stored;
}
