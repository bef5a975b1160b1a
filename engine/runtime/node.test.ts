import { expect, test } from "vitest";
import { NacreError } from "../errors.ts";
import { attribute, node, tensorOf } from "../onnx/build.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxGraph, OnnxModel, OnnxTensor } from "../onnx/model.ts";
import { nodeRuntime } from "./node.ts";
import { float32 } from "./runtime.ts";

const runtime = nodeRuntime({ threads: 1, spinning: false });
const modelOf = (graph: Partial<OnnxGraph>): OnnxModel => ({
  irVersion: 8,
  opsets: [{ domain: "", version: 17 }],
  producer: "nacre",
  graph: { name: "g", nodes: [], inputs: [], outputs: [], initializers: [], ...graph },
  metadata: {},
});

/** A 1×1 convolution from 2 channels to 1 and a ReLU; `weight` is the constant "w". */
const convRelu = (weight: OnnxTensor) =>
  encodeModel(
    modelOf({
      nodes: [
        node("Conv", ["x", "w"], ["sum"], { kernel_shape: attribute.ints([1, 1]) }),
        node("Relu", ["sum"], ["y"]),
      ],
      inputs: [{ name: "x", type: "float32", shape: ["N", 2, 1, 2] }],
      outputs: [{ name: "y", type: "float32", shape: ["N", 1, 1, 2] }],
      initializers: [weight],
    }),
  );

test("runs a convolution and a ReLU, the weights inside the file or beside it", async () => {
  const values = new Float32Array([1, -2]);
  const inside = await runtime.load(convRelu(tensorOf("w", values, [1, 2, 1, 1])));
  const range = { location: "weights.bin", offset: 4, length: 8 };
  const outside = await runtime.load(
    convRelu({ name: "w", type: "float32", dims: [1, 2, 1, 1], data: range }),
    {
      external: { "weights.bin": new Uint8Array(new Float32Array([9, ...values]).buffer) },
    },
  );
  for (const session of [inside, outside]) {
    expect(session.inputs).toEqual(["x"]);
    expect(session.outputs).toEqual(["y"]);
    const { y } = await session.run({ x: float32(new Float32Array([5, 1, 2, 3]), [1, 2, 1, 2]) });
    expect(y).toEqual({ type: "float32", dims: [1, 1, 1, 2], data: new Float32Array([1, 0]) });
    await session.dispose();
  }
});

test("runs a Loop, whose body is a graph of its own", async () => {
  const scalar = (name: string, type: "int64" | "bool" | "float32") => ({ name, type, shape: [] });
  const body: OnnxGraph = {
    name: "body",
    nodes: [node("Mul", ["before", "factor"], ["after"]), node("Identity", ["again"], ["on"])],
    inputs: [scalar("i", "int64"), scalar("again", "bool"), scalar("before", "float32")],
    outputs: [scalar("on", "bool"), scalar("after", "float32")],
    initializers: [],
  };
  const model = modelOf({
    nodes: [node("Loop", ["steps", "", "x"], ["y"], { body: attribute.graph(body) })],
    inputs: [scalar("x", "float32")],
    outputs: [scalar("y", "float32")],
    initializers: [
      tensorOf("steps", new BigInt64Array([10n]), []),
      tensorOf("factor", new Float32Array([2]), []),
    ],
  });
  const session = await runtime.load(encodeModel(model));
  const { y } = await session.run({ x: float32(new Float32Array([3]), []) });
  expect(y!.data).toEqual(new Float32Array([3072]));
  await session.dispose();
});

test("errors are sentences of the right kind", async () => {
  const load = runtime.load(new Uint8Array([1, 2, 3]));
  await expect(load).rejects.toThrow(NacreError);
  await expect(load).rejects.toMatchObject({ code: "weights" });
  const session = await runtime.load(convRelu(tensorOf("w", new Float32Array(2), [1, 2, 1, 1])));
  const run = session.run({ x: float32(new Float32Array(3), [1, 3, 1, 1]) });
  await expect(run).rejects.toMatchObject({ name: "NacreError", code: "input" });
  await session.dispose();
});
