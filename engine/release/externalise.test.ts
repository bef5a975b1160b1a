import { expect, test } from "vitest";
import { node, tensorOf } from "../onnx/build.ts";
import type { OnnxModel, OnnxTensor } from "../onnx/model.ts";
import { externalise } from "./externalise.ts";

const large = (name: string, value: number) => tensorOf(name, new Float32Array(600).fill(value));

const modelOf = (...initializers: OnnxTensor[]): OnnxModel => ({
  irVersion: 9,
  opsets: [{ domain: "", version: 21 }],
  producer: "test",
  graph: {
    name: "sum",
    inputs: [],
    outputs: [{ name: "y", type: "float32", shape: [600] }],
    nodes: [
      node(
        "Sum",
        initializers.map(({ name }) => name),
        ["y"],
      ),
    ],
    initializers,
  },
  metadata: {},
});

const outside = ({ graph }: OnnxModel) =>
  graph.initializers.filter(({ data }) => !(data instanceof Uint8Array)).map(({ name }) => name);

test("constants that all models have lie in the file once, whatever they are called", () => {
  const [a, b] = [modelOf(large("one", 1), large("two", 2)), modelOf(large("zwei", 2), large("eins", 1))];
  const { models, weights } = externalise([a, b] as const, "weights.bin");
  expect(models.map(outside)).toEqual([
    ["one", "two"],
    ["zwei", "eins"],
  ]);
  expect(weights.length).toBe(2 * 2400);
  const [one] = models[0].graph.initializers;
  expect(models[1].graph.initializers[1]!.data).toEqual(one!.data);
  expect(one!.data).toEqual({ location: "weights.bin", offset: 0, length: 2400 });
  expect(weights.subarray(0, 2400)).toEqual(a.graph.initializers[0]!.data);
});

test("what only one model has stays in it, and so do small constants", () => {
  const small = tensorOf("small", new Float32Array(4));
  const [a, b] = [modelOf(large("one", 1), large("own", 3), small), modelOf(large("one", 1), small)];
  const { models } = externalise([a, b] as const, "weights.bin");
  expect(models.map(outside)).toEqual([["one"], ["one"]]);
  expect(models[0].graph.initializers.slice(1)).toEqual(a.graph.initializers.slice(1));
});

test("of a single model all larger constants move", () => {
  const { models } = externalise([modelOf(large("one", 1), large("two", 2))] as const, "weights.bin");
  expect(models.map(outside)).toEqual([["one", "two"]]);
});

test("a constant that lies elsewhere already is named", () => {
  const moved = externalise([modelOf(large("one", 1))] as const, "weights.bin").models;
  expect(() => externalise(moved, "again.bin")).toThrow('The constant "one" lies in another file already.');
});
