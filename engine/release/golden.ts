import { pictureDims } from "../data/image/normalise.ts";
import { Rng } from "../random.ts";
import type { PictureManifest } from "./manifest.ts";

/** Waves per channel: enough to excite every filter a little, few enough to stay smooth like a photograph. */
const waves = 4;

/**
 * The golden input of a seed: a smooth, made-up picture as the graph takes it, `pictureDims`, normalised.
 *
 * A release stores the logits of a few of these, so that every device can be checked against them when it
 * loads the release, and no picture has to travel along. Each channel is a sum of slow cosines within
 * [0, 1]; noise would be further from what the network was trained on and hide errors of single layers.
 */
export function goldenInput(seed: number, input: PictureManifest["input"]): Float32Array {
  const { size, mean, std } = input;
  const [channels, height, width] = pictureDims(input);
  const values = new Float32Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++) {
    const rng = new Rng(seed).fork("golden", channel);
    const brightness = rng.uniform(0.35, 0.65);
    const components = Array.from({ length: waves }, () => ({
      across: rng.uniform(-4, 4),
      down: rng.uniform(-4, 4),
      phase: rng.uniform(0, 2 * Math.PI),
      swing: rng.uniform(0.02, 0.08),
    }));
    let at = channel * height * width;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let value = brightness;
        for (const { across, down, phase, swing } of components) {
          value += swing * Math.cos((2 * Math.PI * (across * x + down * y)) / size + phase);
        }
        values[at++] = (value - mean[channel]!) / std[channel]!;
      }
    }
  }
  return values;
}

/** The largest absolute difference between two answers; Infinity where their lengths differ or one holds NaN. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
