import { drawDigits } from "../data/digits.ts";
import type { Layer } from "../nn/scope.ts";
import { sgd } from "../optim/optimiser.ts";
import { oneCycle } from "../optim/schedule.ts";
import { Rng } from "../random.ts";
import { exportOnnx } from "../release/export.ts";
import { float32, type Runtime } from "../runtime/runtime.ts";
import { fitClassifier } from "../train/fit.ts";
import { topK } from "../train/metrics.ts";

/**
 * Trains a network on drawn digits, writes it as ONNX, and lets the file answer for digits that were not
 * trained on.
 *
 * @param layer [N, 1, 28, 28] -> logits [N, 10]
 * @returns the share of right answers
 */
export async function learnDigits(
  layer: Layer,
  runtime: Runtime,
  { examples = 4000, epochs = 4 } = {},
): Promise<number> {
  const { weights } = await fitClassifier(layer, {
    data: drawDigits(examples, new Rng(1)),
    epochs,
    batch: 32,
    optimiser: sgd({ momentum: 0.9 }),
    schedule: (steps) => oneCycle(0.05, steps),
    seed: 1,
    runtime,
  });

  const { inputs, shape, labels } = drawDigits(1000, new Rng(2));
  const session = await runtime.load(exportOnnx(layer, weights, shape));
  const { logits } = await session.run({ input: float32(inputs, [labels.length, ...shape]) });
  await session.dispose();
  return topK(logits!.data as Float32Array, labels, 10, 1) / labels.length;
}
