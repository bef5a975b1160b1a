import fc from "fast-check";
import { expect, test } from "vitest";
import { NacreError } from "../errors.ts";
import { anyModel } from "./arbitrary.fixture.ts";
import { attribute, node, tensorOf } from "./build.ts";
import { checkModel } from "./check.ts";
import type { OnnxGraph, OnnxModel, OnnxTensor, OnnxValueInfo } from "./model.ts";
import { modelText } from "./text.ts";

const info = (name: string): OnnxValueInfo => ({ name, type: "float32", shape: ["N", 2] });
const modelOf = (graph: Partial<OnnxGraph>): OnnxModel => ({
  irVersion: 8,
  opsets: [{ domain: "", version: 17 }],
  producer: "nacre",
  graph: { name: "g", nodes: [], inputs: [info("x")], outputs: [info("y")], initializers: [], ...graph },
  metadata: {},
});
const external = (name: string, offset: number): OnnxTensor => ({
  name,
  type: "float32",
  dims: [2],
  data: { location: "w.bin", offset, length: 8 },
});
const relu = node("Relu", ["x"], ["y"]);

test("a graph that uses outer values in a subgraph passes", () => {
  const body: OnnxGraph = {
    name: "body",
    nodes: [node("Add", ["x", "w"], ["inner"])],
    inputs: [],
    outputs: [info("inner")],
    initializers: [],
  };
  const nodes = [node("If", ["x", ""], ["y"], { then_branch: attribute.graph(body) })];
  checkModel(modelOf({ nodes, initializers: [tensorOf("w", new Float32Array(1))] }));
  expect(() => checkModel(modelOf({ nodes }))).toThrow('uses "w", which nothing before it makes');
});

test.each<[string, Partial<OnnxGraph>]>([
  ["uses itself", { nodes: [node("Add", ["x", "y"], ["y"])] }],
  ["cycle", { nodes: [node("Add", ["x", "b"], ["y"]), node("Relu", ["y"], ["b"])] }],
  ["made twice", { nodes: [relu, relu] }],
  ["two nodes of one name", { nodes: [relu, { ...node("Relu", ["y"], ["z"]), name: "y" }] }],
  ["input made again", { nodes: [relu, node("Relu", ["y"], ["x"])] }],
  ["same constant twice", { nodes: [relu], initializers: [external("w", 0), external("w", 0)] }],
  ["no such output", { nodes: [] }],
  ["output twice", { nodes: [relu], outputs: [info("y"), info("y")] }],
  ["unknown domain", { nodes: [node("Relu", ["x"], ["y"], {}, "com.example")] }],
  ["overlap", { nodes: [relu], initializers: [external("a", 0), external("b", 4)] }],
  ["beyond the end", { nodes: [relu], initializers: [external("a", 16)] }],
  ["shape", { nodes: [relu], initializers: [tensorOf("a", new Float32Array(3), [2])] }],
])("refuses: %s", (_, graph) => {
  expect(() => checkModel(modelOf(graph), "m.onnx", { "w.bin": 20 })).toThrow(NacreError);
});

test("constants may share one range, and stand for an input's default", () => {
  const initializers = [external("a", 0), external("b", 0), external("c", 8), external("x", 16)];
  checkModel(modelOf({ nodes: [relu], initializers }), "m.onnx", { "w.bin": 24 });
});

test("random graphs are passed or refused, never a crash, and always have a text", () => {
  fc.assert(
    fc.property(anyModel, (model) => {
      expect(modelText(model)).toContain("graph");
      try {
        checkModel(model);
      } catch (error) {
        expect(error).toBeInstanceOf(NacreError);
      }
    }),
  );
});

test("the text shows nodes as equations", () => {
  const conv = node("Conv", ["x", "w", ""], ["y"], { strides: attribute.ints([2, 2]) });
  const text = modelText(modelOf({ nodes: [conv], initializers: [external("w", 0)] }));
  expect(text).toBe(
    [
      "onnx 8, ai.onnx 17, by nacre",
      "graph g",
      "input x[N, 2] float32",
      "constant w[2] float32 at w.bin:0+8",
      "y[N, 2] = Conv(x, w, _) {strides: [2, 2]}",
      "return y[N, 2] float32\n",
    ].join("\n"),
  );
});
