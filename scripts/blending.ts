/** Between the weights of a run and those that it came from: how far to go is chosen on val. */

import { blend } from "../engine/train/blend.ts";
import { fitTemperature, negativeLogLikelihood } from "../engine/train/calibration.ts";
import { answersOnVal, type ValidationOptions } from "../engine/train/validate.ts";
import type { Weights } from "../engine/train/weights.ts";
import { progress } from "./progress.ts";
import type { Start } from "./starting.ts";

/** Shares of the way that are tried: beyond these, little is left of what was learned. */
const SHARES = [0, 0.2, 0.4, 0.6];

/**
 * The blend that makes the labels of val likeliest, each at its own temperature: blends differ in how sure they are.
 * `start`'s head stays out of it where it is for other classes. Says on stderr what each share is worth.
 */
export async function bestBlend(own: Weights, start: Start, options: ValidationOptions): Promise<Weights> {
  console.error(`blending in ${start.from} …`);
  const bar = progress(SHARES.length * options.val.length, "pictures of val");
  const figures: string[] = [];
  let best = { share: 0, weights: own, loss: Number.POSITIVE_INFINITY };
  try {
    for (const [i, share] of SHARES.entries()) {
      const weights = blend(own, start.weights, share, start.fresh);
      const { logits, labels } = await answersOnVal(options, weights, (done) =>
        bar.update(i * options.val.length + done),
      );
      const temperature = fitTemperature(logits, labels, options.classes);
      const loss = negativeLogLikelihood(logits, labels, options.classes, temperature);
      figures.push(`${loss.toFixed(4)} nats at ${share}`);
      if (loss < best.loss) best = { share, weights, loss };
    }
  } finally {
    bar.stop();
  }
  console.error(`Loss on val: ${figures.join(", ")}; taken: ${best.share}.`);
  return best.weights;
}
