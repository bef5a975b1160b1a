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
import { withTwoLooks } from "./looks.ts";

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

async function answers(
  model: OnnxModel,
  image: Float32Array,
  height = size,
): Promise<Record<string, Float32Array>> {
  const session = await nodeRuntime({ threads: 1, spinning: false }).load(encodeModel(model));
  const outputs = await session.run({ image: float32(image, [pictures, 3, height, size]) });
  await session.dispose();
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]));
}

test("every answer is the mean over both looks, and maps are those of the first", async () => {
  const plane = size ** 2;
  const look = () => Float32Array.from({ length: pictures * 3 * plane }, () => rng.normal());
  const [above, below] = [look(), look()];
  const image = new Float32Array(2 * above.length);
  for (let i = 0; i < pictures * 3; i++) {
    image.set(above.subarray(i * plane, (i + 1) * plane), 2 * i * plane);
    image.set(below.subarray(i * plane, (i + 1) * plane), (2 * i + 1) * plane);
  }
  const one = await answers(plain, above);
  const other = await answers(plain, below);
  const both = await answers(withTwoLooks(plain), image, 2 * size);
  expect(Object.keys(both)).toEqual(["logits", "maps", "familiarity"]);
  for (const [name, values] of Object.entries(both)) {
    const expected = name === "maps" ? one[name]! : one[name]!.map((x, i) => (x + other[name]![i]!) / 2);
    const scale = Math.max(...expected.map(Math.abs));
    expect(values.length).toBe(expected.length);
    for (const [i, value] of values.entries())
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5 * scale);
  }
});
