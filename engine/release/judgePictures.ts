import { softmax } from "../train/calibration.ts";
import { isKnown } from "./known.ts";
import type { Classifier } from "./load.ts";
import type { Judgement } from "./opinion.ts";

/**
 * What a release thinks of pictures, in one run of its graph; what is together in a call changes no answer beyond
 * rounding.
 *
 * @param tensors as `toTensor` makes them
 */
export async function judgePictures(
  { manifest, classify }: Pick<Classifier, "manifest" | "classify">,
  tensors: readonly Float32Array[],
): Promise<Judgement[]> {
  if (tensors.length === 0) return [];
  const batch = new Float32Array(tensors.reduce((sum, { length }) => sum + length, 0));
  for (const [n, tensor] of tensors.entries()) batch.set(tensor, n * tensor.length);
  const { logits, familiarity } = await classify(batch, tensors.length);
  const classes = manifest.classes.length;
  return tensors.map((_, n) => ({
    probabilities: softmax(logits.slice(n * classes, (n + 1) * classes), manifest.temperature),
    known: isKnown(manifest, familiarity?.[n]),
  }));
}
