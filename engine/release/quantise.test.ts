import { expect, test } from "vitest";
import { NacreError } from "../errors.ts";
import { node, tensorOf } from "../onnx/build.ts";
import { checkModel } from "../onnx/check.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { floatsOf } from "../onnx/values.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32, type Tensors } from "../runtime/runtime.ts";
import { calibrate } from "./calibrate.ts";
import { correctBias } from "./correct-bias.ts";
import { externalise } from "./externalise.ts";
import { foldBatchNorm } from "./fold.ts";
import { quantisedValues, quantiseStatic } from "./quantise-static.ts";
import { quantiseWeights, roundWeights } from "./quantise-weights.ts";
import { smallBatches, smallNetwork } from "./small.fixture.ts";

const runtime = nodeRuntime({ threads: 1, spinning: false });
const rng = new Rng(7);
const network = smallNetwork(rng.fork("network"));
const folded = foldBatchNorm(network);
const calibration = await calibrate(folded, smallBatches(rng.fork("calibration"), 16), runtime);
const feeds = smallBatches(rng.fork("test"), 4);
const exact = await logits(network);

async function logits(model: OnnxModel, external?: Record<string, Uint8Array>): Promise<Float32Array> {
  checkModel(model);
  const session = await runtime.load(encodeModel(model), { external });
  const all: number[] = [];
  for (const batch of feeds) all.push(...((await session.run(batch)).logits!.data as Float32Array));
  await session.dispose();
  return Float32Array.from(all);
}

/** Root of the squared error over the squared values. */
function relativeError(values: Float32Array): number {
  const squares = (list: Float32Array) => list.reduce((sum, value) => sum + value ** 2, 0);
  return Math.sqrt(squares(values.map((value, i) => value - exact[i]!)) / squares(exact));
}

test("folding leaves no batch norm and the same function", async () => {
  expect(folded.graph.nodes.filter(({ op }) => op === "BatchNormalization")).toEqual([]);
  expect(folded.graph.initializers.map(({ name }) => name)).toContain("stem.bias");
  expect(relativeError(await logits(folded))).toBeLessThan(1e-5);
});

test("a batch norm behind a convolution that others use stays", async () => {
  const outputs = [
    ...network.graph.outputs,
    { name: "stem.sum", type: "float32" as const, shape: undefined },
  ];
  const shared = foldBatchNorm({ ...network, graph: { ...network.graph, outputs } });
  expect(shared.graph.nodes.filter(({ op }) => op === "BatchNormalization")).toHaveLength(1);
  expect(relativeError(await logits(shared))).toBeLessThan(1e-5);
});

test("int8 weights and int8 computation stay near the float network", async () => {
  const weightsOnly = relativeError(await logits(quantiseWeights(folded)));
  const corrected = correctBias(folded, calibration.means);
  const weightsCorrected = relativeError(await logits(quantiseWeights(corrected)));
  const computed = relativeError(await logits(quantiseStatic(corrected, calibration.ranges)));
  expect(weightsOnly).toBeLessThan(0.06);
  expect(weightsCorrected).toBeLessThan(weightsOnly);
  expect(computed).toBeLessThan(0.04);
});

test("each weight is off by half a step at most, also where output channels are columns", () => {
  const weights = (dims: number[]) =>
    tensorOf(
      "w",
      new Float32Array(dims[0]! * dims[1]!).map(() => rng.normal()),
      dims,
    );
  for (const axis of [0, 1] as const) {
    const weight = weights([6, 10]);
    const { values, scales } = roundWeights({ weight, axis, bias: undefined });
    expect(scales).toHaveLength(weight.dims[axis]!);
    const floats = floatsOf(weight);
    for (let i = 0; i < floats.length; i++) {
      const scale = scales[axis === 0 ? Math.floor(i / 10) : i % 10]!;
      expect(Math.abs(values[i]! * scale - floats[i]!)).toBeLessThanOrEqual(scale * 0.5001);
    }
  }
});

test("a dead channel keeps its bias", () => {
  const weight = tensorOf("w", new Float32Array([1e-20, -1e-20, 0.5, 1]), [2, 2]);
  const bias = tensorOf("b", new Float32Array([3, 0]));
  const { values, scales } = roundWeights({ weight, axis: 0, bias });
  expect([...values]).toEqual([0, 0, 64, 127]);
  // In units of a usual activation scale times this one, the bias fits into 32 bits.
  expect(3 / (scales[0]! * 0.001)).toBeLessThan(2 ** 31);
  const { scales: empty } = roundWeights({
    weight: tensorOf("w", new Float32Array(2), [1, 2]),
    axis: 0,
    bias: undefined,
  });
  expect([...empty]).toEqual([1]);
});

test("int8 weights of a MatMul; what two nodes share stays as it is", async () => {
  const values = new Float32Array([1, -2, 3, 4, 5, -6]);
  const products = (z: string): OnnxModel => ({
    ...network,
    graph: {
      name: "products",
      nodes: [node("MatMul", ["x", "w"], ["y"]), node("Gemm", ["x", z], ["z"])],
      inputs: [{ name: "x", type: "float32", shape: [1, 2] }],
      outputs: ["y", "z"].map((name) => ({ name, type: "float32", shape: [1, 3] })),
      initializers: [...new Set(["w", z])].map((name) => tensorOf(name, values, [2, 3])),
    },
  });
  expect(quantiseWeights(products("w"))).toEqual(products("w"));
  const quantised = quantiseWeights(products("v"));
  checkModel(quantised);
  const session = await runtime.load(encodeModel(quantised));
  const { y, z } = await session.run({ x: float32(new Float32Array([1, 1]), [1, 2]) });
  await session.dispose();
  for (const [i, expected] of [5, 3, -3].entries()) {
    expect(y!.data[i]).toBeCloseTo(expected, 1);
    expect(z!.data[i]).toBeCloseTo(expected, 1);
  }
});

test("only ends and pools stay outside the integer part", () => {
  const { nodes } = quantiseStatic(folded, calibration.ranges).graph;
  expect(nodes.filter(({ op }) => op === "Relu" || op === "Clip")).toEqual([]);
  expect(quantisedValues(folded.graph)).toContain("image");
  expect(quantisedValues(folded.graph)).not.toContain("stem.pool");
  expect(quantisedValues(folded.graph)).not.toContain("stem");
  for (const { low, high } of calibration.ranges.values()) expect(low <= 0 && high > 0).toBe(true);
});

test("both graphs share one file of weights, each weight in it once", async () => {
  const graphs = [quantiseWeights(folded), quantiseStatic(folded, calibration.ranges)] as const;
  const { models, weights } = externalise(graphs, "weights.bin");
  const alone = externalise([graphs[0]] as const, "weights.bin").weights;
  const int8 = models.map(({ graph }) =>
    graph.initializers.filter(({ data, type }) => type === "int8" && !(data instanceof Uint8Array)),
  );
  expect(int8[0]!.length).toBeGreaterThan(0);
  expect(int8[0]).toEqual(int8[1]);
  expect(weights.length).toBe(alone.length);
  for (const [i, model] of models.entries()) {
    checkModel(model, "it", { "weights.bin": weights.length });
    expect(await logits(model, { "weights.bin": weights })).toEqual(await logits(graphs[i]!));
  }
});

test("what is missing is said", async () => {
  expect(() => quantiseStatic(folded, new Map())).toThrow('No range is known for the value "image"');
  expect(() => quantiseWeights({ ...folded, opsets: [{ domain: "", version: 11 }] })).toThrow("needs 13");
  const nothing: Tensors[] = [];
  await expect(calibrate(folded, nothing, runtime)).rejects.toThrow(NacreError);
});
