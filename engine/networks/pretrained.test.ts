import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import { build } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { IMAGE, inferenceModel, LOGITS } from "../train/evaluate.ts";
import { takeWeights } from "../train/weights.ts";
import { readSafetensors } from "../weights/safetensors.ts";
import { networkOf } from "./index.ts";
import { classifier } from "./network.ts";

/** ImageNet weights with logits that PyTorch gave on them; not part of the repository. */
const folder = fileURLToPath(new URL("../../../shared/data/pretrained/", import.meta.url));
const here = existsSync(folder);
if (!here)
  console.warn(`SKIPPED: pretrained networks against PyTorch's logits; there are no weights in ${folder}`);

interface Golden {
  readonly models: readonly {
    readonly file: string;
    readonly outputs: readonly {
      readonly input: string;
      readonly first20: readonly number[];
      readonly sum?: number;
    }[];
  }[];
}

/** The inputs' formulas, as the golden file states them. */
const formulas: Record<string, readonly [size: number, value: (c: number, h: number, w: number) => number]> =
  {
    sin224: [224, (c, h, w) => Math.sin(0.01 * (c * 224 * 224 + h * 224 + w))],
    wave224: [224, (c, h, w) => 1.5 * Math.sin(0.05 * w + 0.03 * h + c) * Math.cos(0.002 * h * w)],
    sin128: [128, (c, h, w) => Math.sin(0.01 * (c * 128 * 128 + h * 128 + w) + 1)],
  };

function synthetic(name: string): { size: number; data: Float32Array } {
  const [size, value] = formulas[name]!;
  const data = new Float32Array(3 * size * size);
  for (let i = 0; i < data.length; i++) {
    data[i] = value(Math.floor(i / (size * size)), Math.floor(i / size) % size, i % size);
  }
  return { size, data };
}

test.skipIf(!here).each([
  ["resnet50", "resnet50-imagenet.safetensors"],
  ["resnet18", "resnet18-imagenet.safetensors"],
  ["mobilenetv2", "mobilenetv2-imagenet.safetensors"],
])("%s with pretrained weights gives PyTorch's logits", { timeout: 60_000 }, async (name, file) => {
  const golden = JSON.parse(await readFile(join(folder, "golden.json"), "utf8")) as Golden;
  const { outputs } = golden.models.find((model) => model.file === file)!;
  const network = networkOf(name, 1000);
  const layer = classifier(network);
  const { slots } = build(layer, ["N", 3, 224, 224], { training: false, statistics: "frozen" });
  const stored = readSafetensors(await readFile(join(folder, file)), file);
  const weights = takeWeights(slots.values(), stored, file, [], new Rng(1));
  for (const side of [224, 128]) {
    const session = await nodeRuntime({ threads: 2 }).load(encodeModel(inferenceModel(layer, side, weights)));
    for (const { input, first20 } of outputs) {
      const { size, data } = formulas[input] ? synthetic(input) : await photo(input, network);
      if (size !== side) continue;
      const results = await session.run({ [IMAGE]: float32(data, [1, 3, size, size]) });
      const logits = results[LOGITS]!.data as Float32Array;
      const worst = Math.max(...first20.map((expected, i) => Math.abs(expected - logits[i]!)));
      expect(worst, `${name} on ${input}`).toBeLessThan(1e-2);
    }
    await session.dispose();
  }
});

/** The stored bytes themselves, without the picture's colour profile: that is how the golden logits were made. */
async function photo(name: string, { mean, std }: { mean: readonly number[]; std: readonly number[] }) {
  const { data: bytes, info } = await sharp(join(folder, name), { ignoreIcc: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const places = info.width * info.height;
  const data = Float32Array.from({ length: 3 * places }, (_, i) => {
    const channel = Math.floor(i / places);
    return (bytes[(i % places) * 3 + channel]! / 255 - mean[channel]!) / std[channel]!;
  });
  return { size: info.width, data };
}
