import { expect, test } from "vitest";
import { networkOf } from "../networks/index.ts";
import { classifier } from "../networks/network.ts";
import { build } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { inferenceModel } from "../train/evaluate.ts";
import { initialWeights } from "../train/weights.ts";
import { withClassMaps } from "./class-maps.ts";
import { withFamiliarity } from "./familiarity.ts";
import { withMirror } from "./mirror.ts";

const [classes, size, pictures] = [3, 64, 2];
const layer = classifier(networkOf("resnet18", classes));
const { slots } = build(layer, ["N", 3, size, size], { training: false, statistics: "frozen" }, "image");
const rng = new Rng(2);
const means = Float32Array.from({ length: classes * 512 }, () => rng.uniform());
const plain = withFamiliarity(
  withClassMaps(inferenceModel(layer, size, initialWeights([...slots.values()], new Rng(1)))),
  means,
  classes,
);

/** Rows turned back to front. */
const flipped = (values: Float32Array, width: number) =>
  values.map((_, i) => values[i - (i % width) + width - 1 - (i % width)]!);

async function answers(model: OnnxModel, image: Float32Array): Promise<Record<string, Float32Array>> {
  const session = await nodeRuntime({ threads: 1, spinning: false }).load(encodeModel(model));
  const outputs = await session.run({ image: float32(image, [pictures, 3, size, size]) });
  await session.dispose();
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]));
}

test("every answer is the mean of those for the picture and its mirror image", async () => {
  const image = Float32Array.from({ length: pictures * 3 * size ** 2 }, () => rng.normal());
  const one = await answers(plain, image);
  const other = await answers(plain, flipped(image, size));
  const both = await answers(withMirror(plain), image);
  expect(Object.keys(both)).toEqual(["logits", "maps", "familiarity"]);
  for (const [name, values] of Object.entries(both)) {
    const back = name === "maps" ? flipped(other[name]!, size / 32) : other[name]!;
    const scale = Math.max(...values.map(Math.abs));
    expect(values.length).toBe(one[name]!.length);
    for (const [i, value] of values.entries())
      expect(Math.abs(value - (one[name]![i]! + back[i]!) / 2)).toBeLessThan(1e-5 * scale);
  }
});
