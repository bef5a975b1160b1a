import type { OnnxModel } from "../onnx/model.ts";
import { floatsOf } from "../onnx/values.ts";

/** Every float constant of a model by name, and what its DequantizeLinear nodes make of int8 constants along axis 0 or 1. */
export function dequantisedConstants({ graph }: OnnxModel): Map<string, Float32Array> {
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const values = new Map<string, Float32Array>();
  for (const tensor of graph.initializers) {
    if (tensor.type === "float32") values.set(tensor.name, floatsOf(tensor));
  }
  for (const node of graph.nodes) {
    const [integers, scales] = node.inputs.slice(0, 2).map((name) => constants.get(name));
    if (node.op !== "DequantizeLinear" || integers?.type !== "int8" || !scales) continue;
    if (!(integers.data instanceof Uint8Array)) continue;
    const { buffer, byteOffset, length } = integers.data;
    const factor = floatsOf(scales);
    const axis = Number(node.attributes.axis?.value ?? 1);
    const inner = integers.dims.slice(axis + 1).reduce((n, dim) => n * dim, 1);
    const values8 = new Int8Array(buffer, byteOffset, length);
    values.set(
      node.outputs[0]!,
      Float32Array.from(values8, (value, i) => value * factor[Math.floor(i / inner) % factor.length]!),
    );
  }
  return values;
}
