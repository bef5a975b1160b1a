import type { Rng } from "../random.ts";
import { STRANGER } from "./sample.ts";

/**
 * The order of an epoch: every sample once in random order, or, with weights, as many draws with
 * replacement, each sample as often as its weight says. Asking twice gives the same order.
 */
export function epochOrder(samples: number, rng: Rng, weights?: ArrayLike<number>): Uint32Array {
  if (!weights) return rng.permutation(samples);
  const sums = new Float64Array(samples);
  let total = 0;
  for (let i = 0; i < samples; i++) sums[i] = total += weights[i]!;
  return Uint32Array.from({ length: samples }, () => firstAbove(sums, rng.uniform(0, total)));
}

/** For each place of an order, how often its sample came before: all 0 unless drawing is weighted. */
export function repeats(order: Uint32Array): Uint16Array {
  const seen = new Uint16Array(order.length);
  return Uint16Array.from(order, (index) => seen[index]!++);
}

/**
 * Weights with which every class is drawn equally often, however many samples it has; strangers are drawn as often as
 * they would be without weights.
 */
export function balancedWeights(labels: ArrayLike<number>, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  let strangers = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === STRANGER) strangers++;
    else counts[labels[i]!]!++;
  }
  const usual = classes / (labels.length - strangers);
  return Float64Array.from({ length: labels.length }, (_, i) =>
    labels[i] === STRANGER ? usual : 1 / counts[labels[i]!]!,
  );
}

/** Index of the first sum above `value`, by halving; a sample of weight 0 is never found. */
function firstAbove(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
