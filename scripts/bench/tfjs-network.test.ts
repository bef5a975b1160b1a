import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { memory, setBackend } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import {
  batchNorm2d,
  conv2d,
  globalAveragePool,
  linear,
  maxPool,
  relu,
  relu6,
  residual,
  sequential,
} from "../../engine/nn/layers.ts";
import { build, type Layer } from "../../engine/nn/scope.ts";
import { encodeModel } from "../../engine/onnx/encode.ts";
import { Rng } from "../../engine/random.ts";
import { withClassMaps } from "../../engine/release/class-maps.ts";
import { withFamiliarity } from "../../engine/release/familiarity.ts";
import { foldBatchNorm } from "../../engine/release/fold.ts";
import { goldenInput } from "../../engine/release/golden.ts";
import { withTwoLooks } from "../../engine/release/looks.ts";
import { quantiseWeights } from "../../engine/release/quantise-weights.ts";
import { SOURCE, withRecollections, withSourceHead } from "../../engine/release/recall.ts";
import { nodeRuntime } from "../../engine/runtime/node.ts";
import { float32 } from "../../engine/runtime/runtime.ts";
import { inferenceModel } from "../../engine/train/evaluate.ts";
import { initialWeights } from "../../engine/train/weights.ts";
import { tfjsNetwork } from "./tfjs-network.ts";

const convNorm = (inputs: number, options: Parameters<typeof conv2d>[2]): Layer =>
  sequential(conv2d(inputs, 8, { ...options, bias: false }), batchNorm2d(8));

/** Every operator of ResNet-50 and MobileNetV2, and below of what is served around them, activations that are fused with a convolution and others. */
const layer = sequential(
  convNorm(3, { kernel: 3, stride: 2, padding: [0, 0, 1, 1] }),
  relu(),
  maxPool(3, { stride: 2, padding: 1 }),
  residual(sequential(convNorm(8, { kernel: 1 }), relu6(), convNorm(8, { kernel: 3, padding: 1 }))),
  relu(),
  convNorm(8, { kernel: 3, stride: 2, padding: [0, 0, 1, 1], groups: 8 }),
  residual(sequential(convNorm(8, { kernel: 3, padding: 1, groups: 8 }), relu6())),
  relu6(),
  globalAveragePool(),
  linear(8, 5),
);

test("TensorFlow.js gives the logits of the graph that it is built from, and keeps no memory", async () => {
  const size = 32;
  const { slots } = build(layer, ["N", 3, size, size], { training: false, statistics: "frozen" });
  const weights = initialWeights(slots.values(), new Rng(1));
  const mapped = withClassMaps(foldBatchNorm(inferenceModel(layer, size, weights)));
  const directions = new Float32Array(5 * 8).map((_, i) => i % 3);
  const drawn = (...dims: number[]) => ({
    dims,
    data: Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => (i % 7) / 7),
  });
  const remembering = withSourceHead(mapped, { weight: drawn(6, 8), bias: drawn(6) });
  const looking = withTwoLooks(quantiseWeights(withFamiliarity(remembering, directions, 5)));
  const conditionals = drawn(6, 5).data.map((x) => x + 0.1);
  const model = withRecollections(looking, [{ output: SOURCE, temperature: 1.5, conditionals }], 0.5, 5);
  const image = goldenInput(1, {
    kind: "image",
    size,
    fit: "both",
    mean: [0.5, 0.5, 0.5],
    std: [0.2, 0.2, 0.2],
  });
  const session = await nodeRuntime({ threads: 1, spinning: false }).load(encodeModel(model));
  const { logits } = await session.run({ image: float32(image, [1, 3, 2 * size, size]) });

  const entry = fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm"));
  setWasmPaths(join(dirname(entry), "/"));
  expect(await setBackend("wasm")).toBe(true);
  const network = tfjsNetwork(model);
  const before = memory().numTensors;
  const answer = await network(image);
  expect(answer.length).toBe(5);
  for (const [i, value] of (logits!.data as Float32Array).entries()) expect(answer[i]).toBeCloseTo(value, 4);
  expect(memory().numTensors).toBe(before);
});
