/** Probabilities that mean what they say: softmax at a temperature fitted on validation logits. */

/**
 * Probabilities of logits, row by row: softmax(logits / temperature).
 *
 * @param logits [N, classes] row-major; one row unless `classes` is given
 * @param temperature positive; above 1 flattens, below 1 sharpens, the order never changes
 * @returns [N, classes], each row ≥ 0 with sum 1
 */
export function softmax(
  logits: ArrayLike<number>,
  temperature = 1,
  classes: number = logits.length,
): Float32Array<ArrayBuffer> {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = start; i < start + classes; i++) largest = Math.max(largest, logits[i]!);
    let sum = 0;
    for (let i = start; i < start + classes; i++) {
      const weight = Math.exp((logits[i]! - largest) / temperature); // ≤ 1, so it cannot overflow
      probabilities[i] = weight;
      sum += weight;
    }
    for (let i = start; i < start + classes; i++) probabilities[i]! /= sum;
  }
  return probabilities;
}

/** How to read logits as probabilities, and how far the labels that told it can be believed. */
export interface TemperatureScaling {
  readonly temperature: number;
  /** The share of labels that are drawn at random, in [0, 0.5]. */
  readonly noise: number;
}

/**
 * Mean negative log-likelihood of the labels, in nats: the mean of
 * −log((1 − noise) · softmax(logits / temperature)[label] + noise / classes).
 *
 * @param logits [N, classes]
 * @param labels [N], each in [0, classes)
 */
export function negativeLogLikelihood(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  { temperature, noise }: TemperatureScaling = { temperature: 1, noise: 0 },
): number {
  let total = 0;
  for (let n = 0; n < labels.length; n++) {
    const start = n * classes;
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = start; i < start + classes; i++) largest = Math.max(largest, logits[i]!);
    let sum = 0;
    for (let i = start; i < start + classes; i++) sum += Math.exp((logits[i]! - largest) / temperature);
    const log = (logits[start + labels[n]!]! - largest) / temperature - Math.log(sum);
    // Without noise the logarithm itself, which stays finite where the probability underflows.
    total -= noise === 0 ? log : Math.log((1 - noise) * Math.exp(log) + noise / classes);
  }
  return total / labels.length;
}

/** The temperatures that `fitTemperature` chooses from: a validation set without a single error asks for 0. */
export const temperatureRange = { low: 0.25, high: 10 } as const;

const MOST_NOISE = 0.5;

/** By how many nats noise must explain the labels better to be believed: a likelihood-ratio test at 5 %. */
const CLEARLY = 1.92;

/**
 * The temperature at which the labels are likeliest (Guo et al. 2017, "On Calibration of Modern Neural
 * Networks", §4.2), within `temperatureRange`, together with the share of wrong labels that makes them so: where
 * people mislabelled one picture in ten, a right answer looks wrong one time in ten, and the temperature alone
 * would teach the model a doubt that is not its own. Golden-section searches find both, to 1e-4; noise counts
 * only where it explains the labels clearly better, lest a model's few errors be blamed on them.
 *
 * @param logits [N, classes] of the validation split, N ≥ 1
 * @param labels [N], each in [0, classes)
 * @throws RangeError where the sizes do not fit together
 */
export function fitTemperature(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): TemperatureScaling {
  if (labels.length === 0 || logits.length !== labels.length * classes) {
    throw new RangeError(`${logits.length} logits do not fit ${labels.length} labels of ${classes} classes.`);
  }
  const loss = (scaling: TemperatureScaling) => negativeLogLikelihood(logits, labels, classes, scaling);
  const best = (noise: number): TemperatureScaling => {
    const at = (logT: number): TemperatureScaling => ({ temperature: Math.exp(logT), noise });
    const { low, high } = temperatureRange;
    return at(goldenSection((logT) => loss(at(logT)), Math.log(low), Math.log(high), 1e-4));
  };
  const noisy = best(goldenSection((noise) => loss(best(noise)), 0, MOST_NOISE, 1e-4));
  const clean = best(0);
  const gain = labels.length * (loss(clean) - loss(noisy));
  return gain > CLEARLY ? noisy : clean;
}

/** The place of the minimum of a function with one valley on [low, high], to `tolerance` (Kiefer 1953). */
function goldenSection(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let [atLeft, atRight] = [f(left), f(right)];
  while (high - low > tolerance) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - ratio * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + ratio * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}
