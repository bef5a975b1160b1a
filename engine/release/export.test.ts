import { expect, test } from "vitest";
import { batchNorm2d, conv2d, globalAveragePool, linear, relu, sequential } from "../nn/layers.ts";
import { build } from "../nn/scope.ts";
import { decodeModel } from "../onnx/decode.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { networkModel } from "../train/networkModel.ts";
import { initialWeights } from "../train/weights.ts";
import { exportOnnx } from "./export.ts";

const shape = [2, 6, 6];
const layer = sequential(
  conv2d(2, 4, { kernel: 3, bias: false }),
  batchNorm2d(4),
  relu(),
  globalAveragePool(),
  linear(4, 3),
);
const { slots } = build(layer, ["N", ...shape], { training: false, statistics: "frozen" });
const rng = new Rng(1);
const weights = new Map(
  [...initialWeights(slots.values(), rng)].map(([name, { dims, data }]) => [
    name,
    { dims, data: data.map((value) => Math.abs(value + 0.3 * rng.normal())) }, // variances are positive
  ]),
);

test("the file has no batch norm left and answers as the network does, for any number of inputs", async () => {
  const runtime = nodeRuntime({ threads: 1, spinning: false });
  const file = exportOnnx(layer, weights, shape);
  expect(decodeModel(file).graph.nodes.map(({ op }) => op)).not.toContain("BatchNormalization");
  const folded = await runtime.load(file);
  const plain = await runtime.load(encodeModel(networkModel(layer, weights, shape)));
  for (const n of [1, 3]) {
    const data = Float32Array.from({ length: n * 72 }, () => rng.normal());
    const input = float32(data, [n, ...shape]);
    const { logits } = await folded.run({ input });
    const wanted = (await plain.run({ input })).logits!;
    expect(logits!.dims).toEqual([n, 3]);
    for (const [i, value] of wanted.data.entries()) expect(logits!.data[i]).toBeCloseTo(Number(value), 5);
  }
  await folded.dispose();
  await plain.dispose();
});

test("weights of another network are named", () => {
  const other = sequential(conv2d(2, 5, { kernel: 3, bias: false }));
  expect(() => exportOnnx(other, weights, shape)).toThrow(
    'The weights hold "0.weight" as [4, 2, 3, 3], but the network has it as [5, 2, 3, 3].',
  );
});
