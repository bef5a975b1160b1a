import { expect, test } from "vitest";
import { networkOf } from "../networks/index.ts";
import { classifier } from "../networks/network.ts";
import { build } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { inferenceModel } from "../train/evaluate.ts";
import { initialWeights } from "../train/weights.ts";
import { withClassMaps } from "./class-maps.ts";

test.each(["resnet18", "mobilenetv2"])("%s: logits stay, and are the means of the maps", async (name) => {
  const [classes, size, pictures] = [5, 64, 2];
  const layer = classifier(networkOf(name, classes));
  const { slots } = build(layer, ["N", 3, size, size], { training: false, statistics: "frozen" }, "image");
  const plain = inferenceModel(layer, size, initialWeights([...slots.values()], new Rng(1)));
  const rng = new Rng(2);
  const image = Float32Array.from({ length: pictures * 3 * size ** 2 }, () => rng.normal());
  const run = async (model: typeof plain) => {
    const session = await nodeRuntime({ threads: 1 }).load(encodeModel(model));
    const outputs = await session.run({ image: float32(image, [pictures, 3, size, size]) });
    await session.dispose();
    return outputs;
  };
  const before = (await run(plain)).logits!.data as Float32Array;
  const { logits, maps } = await run(withClassMaps(plain));
  expect(maps!.dims).toEqual([pictures, classes, size / 32, size / 32]);
  const places = (size / 32) ** 2;
  const scale = Math.max(...before.map(Math.abs));
  for (const [i, value] of before.entries()) {
    expect(Math.abs((logits!.data as Float32Array)[i]! - value)).toBeLessThan(1e-5 * scale);
    const map = (maps!.data as Float32Array).subarray(i * places, (i + 1) * places);
    expect(Math.abs(map.reduce((a, b) => a + b) / places - value)).toBeLessThan(1e-5 * scale);
  }
});
