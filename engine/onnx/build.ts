/** Small constructors, so that lowerings read like the graphs they make. */

import type { ElementType, OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from "./model.ts";

/** Attributes by their ONNX types; ints and float must fit 53 and 32 bits. */
export const attribute = {
  int: (value: number): OnnxAttribute => ({ type: "int", value }),
  float: (value: number): OnnxAttribute => ({ type: "float", value }),
  string: (value: string): OnnxAttribute => ({ type: "string", value }),
  ints: (value: readonly number[]): OnnxAttribute => ({ type: "ints", value }),
  floats: (value: readonly number[]): OnnxAttribute => ({ type: "floats", value }),
  strings: (value: readonly string[]): OnnxAttribute => ({ type: "strings", value }),
  tensor: (value: OnnxTensor): OnnxAttribute => ({ type: "tensor", value }),
  graph: (value: OnnxGraph): OnnxAttribute => ({ type: "graph", value }),
};

/** A node. Its name is its first output, which is unique in the graph and what errors should speak of. */
export function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
  domain = "",
): OnnxNode {
  return { op, domain, name: outputs[0] ?? "", inputs, outputs, attributes };
}

/** Arrays that say their element type by themselves. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/**
 * A constant over the bytes of `data`, which are shared and not copied. `dims` are one dimension by default;
 * [] makes a scalar. Float16, bfloat16 and bool have no array type of their own: name them in `type`, over
 * Uint16Array and Uint8Array.
 */
export function tensorOf(
  name: string,
  data: TensorData,
  dims: readonly number[] = [data.length],
  type: ElementType = elementTypeOfArray(data),
): OnnxTensor {
  return { name, type, dims, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function elementTypeOfArray(data: TensorData): ElementType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int8Array) return "int8";
  if (data instanceof Uint8Array) return "uint8";
  if (data instanceof Int16Array) return "int16";
  if (data instanceof Uint16Array) return "uint16";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint32Array) return "uint32";
  if (data instanceof BigInt64Array) return "int64";
  return "uint64";
}

/** The nodes with other names for values, and for themselves, who are called like what they make. */
export const renamed = (nodes: readonly OnnxNode[], rename: (name: string) => string): OnnxNode[] =>
  nodes.map((each) => ({
    ...each,
    name: rename(each.name),
    inputs: each.inputs.map(rename),
    outputs: each.outputs.map(rename),
  }));
