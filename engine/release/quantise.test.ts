import { expect, test } from "vitest";
import { NacreError } from "../errors.ts";
import { checkModel } from "../onnx/check.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { Tensors } from "../runtime/runtime.ts";
import { calibrate } from "./calibrate.ts";
import { correctBias } from "./correct-bias.ts";
import { externalise } from "./externalise.ts";
import { foldBatchNorm } from "./fold.ts";
import { quantisedValues, quantiseStatic } from "./quantise-static.ts";
import { quantiseWeights } from "./quantise-weights.ts";
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
