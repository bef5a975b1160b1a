import type { EvaluationBatch } from "../data/evaluation.ts";
import type { Layer } from "../nn/scope.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { float32, type Runtime } from "../runtime/runtime.ts";
import { networkModel } from "./networkModel.ts";
import type { Weights } from "./weights.ts";

/** What served graphs of picture classifiers call their input and output. */
export const IMAGE = "image";
export const LOGITS = "logits";

/** A picture network for inference as ONNX, in float32: "image" [N, 3, size, size] -> "logits" [N, classes]. */
export const inferenceModel = (layer: Layer, size: number, weights: Weights, output = LOGITS): OnnxModel =>
  networkModel(layer, weights, [3, size, size], { input: IMAGE, output });

/**
 * Runs a picture model over batches in order -> for each of its outputs the rows of all pictures, [n, …].
 *
 * @param onProgress told how many pictures are done
 * @param external files that hold the model's constants
 */
export async function runOver(
  model: OnnxModel,
  batches: AsyncIterable<EvaluationBatch>,
  runtime: Runtime,
  onProgress?: (done: number) => void,
  external: Readonly<Record<string, Uint8Array>> = {},
): Promise<{ outputs: Record<string, Float32Array>; labels: Int32Array }> {
  const session = await runtime.load(encodeModel(model), { external });
  const dims = (model.graph.inputs[0]!.shape ?? []).slice(1) as number[];
  const parts = new Map(model.graph.outputs.map(({ name }) => [name, [] as Float32Array[]]));
  const labels: number[] = [];
  try {
    for await (const batch of batches) {
      const feeds = { [IMAGE]: float32(batch.images, [batch.labels.length, ...dims]) };
      const results = await session.run(feeds);
      for (const [name, rows] of parts) rows.push(results[name]!.data as Float32Array);
      labels.push(...batch.labels);
      onProgress?.(labels.length);
    }
  } finally {
    await session.dispose();
  }
  const outputs = Object.fromEntries([...parts].map(([name, rows]) => [name, joined(rows)]));
  return { outputs, labels: Int32Array.from(labels) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
