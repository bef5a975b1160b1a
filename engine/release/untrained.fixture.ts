/** Networks with random weights, for tests of what changes graphs. */

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

/** A network `withClassMaps`. */
export function untrained(name: string, classes: number, size: number, seed = 1): OnnxModel {
  const layer = classifier(networkOf(name, classes));
  const { slots } = build(layer, ["N", 3, size, size], { training: false, statistics: "frozen" }, "image");
  return withClassMaps(inferenceModel(layer, size, initialWeights([...slots.values()], new Rng(seed))));
}

/** What a graph answers to pictures [N, 3, height, width]. */
export async function answersTo(
  model: OnnxModel,
  pictures: Float32Array,
  dims: readonly number[],
): Promise<Record<string, Float32Array>> {
  const session = await nodeRuntime({ threads: 1, spinning: false }).load(encodeModel(model));
  const outputs = await session.run({ image: float32(pictures, dims) });
  await session.dispose();
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]));
}

/** Throws unless two arrays are equal to a hundred-thousandth of the largest number. */
export function expectAlike(found: Float32Array, expected: Float32Array): void {
  const scale = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (found.length !== expected.length) throw new Error(`${found.length} numbers, not ${expected.length}`);
  for (const [i, x] of expected.entries())
    if (!(Math.abs(found[i]! - x) <= 1e-5 * scale)) throw new Error(`number ${i} is ${found[i]}, not ${x}`);
}
