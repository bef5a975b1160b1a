import type { Value } from "../graph/value.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Emitter } from "./emitter.ts";
import { OPSETS, PRODUCER } from "./model.ts";
import { Walk } from "./walk.ts";

/** What a served graph takes and gives, by name, and the tensors that it carries. */
export interface Serving {
  readonly inputs: readonly { readonly name: string; readonly value: Value }[];
  readonly outputs: readonly { readonly name: string; readonly value: Value }[];
  readonly weights: readonly { readonly name: string; readonly value: Value; readonly data: Float32Array }[];
}

/** Writes a graph in the usual layout, as everybody expects to find it in an .onnx file. */
export function servingModel({ inputs, outputs, weights }: Serving): OnnxModel {
  const emitter = new Emitter();
  const names = new Map<Value, string>();
  for (const { name, value } of inputs) names.set(value, name);
  for (const { name, value, data } of weights) {
    names.set(value, emitter.tensor(name, data, value.shape.map(Number)));
  }
  const written = new Walk(emitter, names).write(outputs.map(({ value }) => value));
  for (const [i, { name }] of outputs.entries()) emitter.rename(written[i]!, name);
  const info = ({ name, value }: { name: string; value: Value }) => ({
    name,
    type: value.dtype,
    shape: value.shape,
  });
  return {
    irVersion: 9,
    opsets: OPSETS,
    producer: PRODUCER,
    graph: emitter.graph("network", inputs.map(info), outputs.map(info)),
    metadata: {},
  };
}
