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

/**
 * Mean negative log-likelihood of the labels, in nats: the mean of −log softmax(logits / temperature)[label].
 *
 * @param logits [N, classes]
 * @param labels [N], each in [0, classes)
 */
export function negativeLogLikelihood(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  temperature = 1,
): number {
  let total = 0;
  for (let n = 0; n < labels.length; n++) {
    const start = n * classes;
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = start; i < start + classes; i++) largest = Math.max(largest, logits[i]!);
    let sum = 0;
    for (let i = start; i < start + classes; i++) sum += Math.exp((logits[i]! - largest) / temperature);
    total += Math.log(sum) - (logits[start + labels[n]!]! - largest) / temperature;
  }
  return total / labels.length;
}

/** The temperatures that `fitTemperature` chooses from: a validation set without a single error asks for 0. */
export const temperatureRange = { low: 0.25, high: 10 } as const;

/**
 * The temperature at which the labels are likeliest (Guo et al. 2017, "On Calibration of Modern Neural
 * Networks", §4.2), within `temperatureRange`. The likelihood has one optimum in log T (it is concave in 1/T),
 * so a golden-section search finds it, to a relative 1e-7.
 *
 * @param logits [N, classes] of the validation split, N ≥ 1
 * @param labels [N], each in [0, classes)
 * @throws RangeError where the sizes do not fit together
 */
export function fitTemperature(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): number {
  if (labels.length === 0 || logits.length !== labels.length * classes) {
    throw new RangeError(`${logits.length} logits do not fit ${labels.length} labels of ${classes} classes.`);
  }
  const loss = (logT: number) => negativeLogLikelihood(logits, labels, classes, Math.exp(logT));
  return Math.exp(goldenSection(loss, Math.log(temperatureRange.low), Math.log(temperatureRange.high), 1e-7));
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
