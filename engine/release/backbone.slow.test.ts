import { expect, test } from "vitest";
import { networkOf } from "../networks/index.ts";
import { classifier } from "../networks/network.ts";
import { build } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import { inlineExternal } from "../onnx/external.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { IMAGE, inferenceModel, LOGITS } from "../train/evaluate.ts";
import { takeWeights, type Weights } from "../train/weights.ts";
import { releasedWeights } from "./backbone.ts";
import { externalise } from "./externalise.ts";
import { foldBatchNorm } from "./fold.ts";
import { quantiseWeights } from "./quantise-weights.ts";

const runtime = nodeRuntime({ threads: 1, spinning: false });

/** Weights with batch norms that do something. */
function drawn(network: string): { slots: ReturnType<typeof build>["slots"]; weights: Weights } {
  const mode = { training: false, statistics: "frozen" } as const;
  const { slots } = build(classifier(networkOf(network, 5)), ["N", 3, 32, 32], mode);
  const rng = new Rng(7);
  const weights = new Map(
    [...slots.values()].map(({ name, shape, initial }) => {
      const values = initial(shape, rng.fork(name));
      const varied = rng.fork("vary", name);
      if (shape.length === 1 && !name.endsWith("weight") && !name.endsWith("var"))
        return [name, { dims: shape, data: values.map(() => varied.normal() / 4) }];
      if (shape.length === 1)
        return [name, { dims: shape, data: values.map(() => varied.uniform(0.5, 1.5)) }];
      return [name, { dims: shape, data: values }];
    }),
  );
  return { slots, weights };
}

async function logits(model: OnnxModel): Promise<Float32Array> {
  const rng = new Rng(1);
  const pixels = new Float32Array(2 * 3 * 32 * 32).map(() => rng.normal());
  const session = await runtime.load(encodeModel(model));
  const results = await session.run({ [IMAGE]: float32(pixels, [2, 3, 32, 32]) });
  await session.dispose();
  return results[LOGITS]!.data as Float32Array;
}

test.each(["resnet18", "mobilenetv2"])("a released %s goes on as it was released", async (name) => {
  const { slots, weights } = drawn(name);
  const layer = classifier(networkOf(name, 5));
  const trained = inferenceModel(layer, 32, weights);
  const folded = foldBatchNorm(trained);
  const { models, weights: bytes } = externalise([quantiseWeights(folded)], "weights.bin");
  const release = inlineExternal(models[0]!, { "weights.bin": bytes });
  const stored = releasedWeights(release, slots.values());
  const taken = takeWeights(slots.values(), stored, "the release", [], new Rng(1));
  const [before, released, after] = [
    await logits(trained),
    await logits(release),
    await logits(inferenceModel(layer, 32, taken)),
  ];
  const scale = Math.hypot(...before) / Math.sqrt(before.length);
  for (const [i, value] of released.entries()) {
    expect(Math.abs(after[i]! - value)).toBeLessThan(1e-3 * scale);
    expect(Math.abs(after[i]! - before[i]!)).toBeLessThan(0.1 * scale);
  }
});
