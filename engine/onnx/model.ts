/** The ONNX model as plain records: what the wire format holds, without its encoding. */

/** Element types that this engine reads and writes, by their ONNX names (onnx.proto3, TensorProto.DataType). */
export type ElementType =
  | "float32"
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "int32"
  | "int64"
  | "string"
  | "bool"
  | "float16"
  | "float64"
  | "uint32"
  | "uint64"
  | "bfloat16";

/** A dimension: a number, or the name of one that is known when the model runs (the batch, mostly). */
export type Dimension = number | string;

/** Where a tensor's bytes lie when they are not in the model file itself. */
export interface ExternalData {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** A constant: raw little-endian bytes in row-major order, here or in another file. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: Uint8Array | ExternalData;
}

/** An input or output of a graph. */
export interface OnnxValueInfo {
  readonly name: string;
  readonly type: ElementType;
  /** Undefined where the rank is not stated. */
  readonly shape: readonly Dimension[] | undefined;
}

/** A constant setting of a node. */
export type OnnxAttribute =
  | { readonly type: "int"; readonly value: number }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "ints"; readonly value: readonly number[] }
  | { readonly type: "floats"; readonly value: readonly number[] }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "tensor"; readonly value: OnnxTensor }
  | { readonly type: "graph"; readonly value: OnnxGraph };

/** One operator at work: names in, names out. */
export interface OnnxNode {
  readonly op: string;
  /** "" is ai.onnx. */
  readonly domain: string;
  readonly name: string;
  /** "" stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** Nodes in an order in which they can run. */
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
  readonly initializers: readonly OnnxTensor[];
}

/** A whole file. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly producer: string;
  readonly graph: OnnxGraph;
  readonly metadata: Readonly<Record<string, string>>;
}
