/**
 * How good a classifier is, for any task: shares with intervals, never bare shares.
 * Inputs everywhere: `probabilities` [N, classes] row-major, `labels` [N], each in [0, classes).
 */

import type { Rng } from "../random.ts";

/** A figure with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How one class fares; each figure in [0, 1]. */
export interface ClassMetrics {
  /** Of the items called this class, the share that is; 0 where none is called so. */
  readonly precision: number;
  /** Of the items of this class, the share that is called so; 0 where there is none. */
  readonly recall: number;
  /** Harmonic mean of the two: 2 TP / (2 TP + FP + FN); 0 where the class never occurs. */
  readonly f1: number;
  /** How many items are of this class. */
  readonly support: number;
}

/** Everything that a report of a classifier says. */
export interface Metrics {
  readonly n: number;
  readonly top1: Estimate;
  readonly top3: Estimate;
  readonly top5: Estimate;
  readonly macroF1: Estimate;
  /** Expected calibration error, in [0, 1]. */
  readonly ece: number;
  readonly reliability: readonly ReliabilityBin[];
  readonly perClass: readonly ClassMetrics[];
  /** confusion[truth][answer], in items. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * All of it at once.
 *
 * @param rng draws the bootstrap's samples
 * @throws RangeError where the sizes do not fit together or there is no item
 */
export function measure(probabilities: Float32Array, labels: Int32Array, classes: number, rng: Rng): Metrics {
  const n = labels.length;
  if (n === 0 || probabilities.length !== n * classes) {
    throw new RangeError(
      `${probabilities.length} probabilities do not fit ${n} labels of ${classes} classes.`,
    );
  }
  const answers = argmax(probabilities, classes);
  const confusion = confusionMatrix(answers, labels, classes);
  const share = (k: number) => wilson(topK(probabilities, labels, classes, k), n);
  const bins = reliability(probabilities, labels, classes);
  return {
    n,
    top1: share(1),
    top3: share(3),
    top5: share(5),
    macroF1: macroF1Interval(answers, labels, classes, rng),
    ece: expectedCalibrationError(bins),
    reliability: bins,
    perClass: perClass(confusion),
    confusion,
  };
}

/** The likeliest class of each item, the first of equals: [N]. */
export function argmax(probabilities: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, n) => {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[n * classes + c]! > probabilities[n * classes + best]!) best = c;
    }
    return best;
  });
}

/** How many items have their label among the `k` likeliest classes; of equal classes the first is likelier. */
export function topK(probabilities: Float32Array, labels: Int32Array, classes: number, k: number): number {
  let hits = 0;
  for (let n = 0; n < labels.length; n++) {
    const label = labels[n]!;
    const own = probabilities[n * classes + label]!;
    let better = 0;
    for (let c = 0; c < classes; c++) {
      const other = probabilities[n * classes + c]!;
      // Written so that NaN counts against the label: a broken network must not score.
      if (c < label ? !(other < own) : c > label && !(other <= own)) better++;
    }
    if (better < k && !Number.isNaN(own)) hits++;
  }
  return hits;
}

/** confusion[truth][answer], in items. `answers` and `labels`: [N]. */
export function confusionMatrix(answers: Int32Array, labels: Int32Array, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let n = 0; n < labels.length; n++) matrix[labels[n]!]![answers[n]!]!++;
  return matrix;
}

/** Precision, recall and F1 of each class from a confusion matrix. */
export function perClass(confusion: readonly (readonly number[])[]): ClassMetrics[] {
  return confusion.map((row, c) => {
    const hits = row[c]!;
    const support = row.reduce((sum, count) => sum + count, 0);
    const called = confusion.reduce((sum, other) => sum + other[c]!, 0);
    const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
    return {
      precision: ratio(hits, called),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, called + support),
      support,
    };
  });
}

/**
 * Mean F1 over the classes that have items: a set that holds some of the classes only is judged by those, and
 * items called an absent class still lower the recall of their own.
 */
export function macroF1(confusion: readonly (readonly number[])[]): number {
  const present = perClass(confusion).filter(({ support }) => support > 0);
  return present.reduce((sum, { f1 }) => sum + f1, 0) / present.length;
}

/** Macro-F1 with its percentile bootstrap interval (Efron 1979): items drawn anew with replacement. */
export function macroF1Interval(
  answers: Int32Array,
  labels: Int32Array,
  classes: number,
  rng: Rng,
  resamples = 1000,
): Estimate {
  const n = labels.length;
  const scores = Float64Array.from({ length: resamples }, () => {
    const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    for (let i = 0; i < n; i++) {
      const drawn = rng.integer(n);
      matrix[labels[drawn]!]![answers[drawn]!]!++;
    }
    return macroF1(matrix);
  }).sort();
  const quantile = (q: number) => scores[Math.round(q * (resamples - 1))]!;
  const value = macroF1(confusionMatrix(answers, labels, classes));
  // With very few items a resample lacks whole classes, and its quantiles may miss the value itself.
  return { value, low: Math.min(value, quantile(0.025)), high: Math.max(value, quantile(0.975)) };
}

/** One bin of a reliability diagram: items of about the same confidence, and how often those were right. */
export interface ReliabilityBin {
  /** Mean confidence of its items, in [0, 1]. */
  readonly confidence: number;
  /** Share of its items whose likeliest class is theirs, in [0, 1]. */
  readonly accuracy: number;
  /** How many items it holds, at least 1. */
  readonly count: number;
}

/**
 * Confidence against accuracy in equally wide bins of confidence, those that hold items, from low to high
 * (DeGroot and Fienberg 1983; 15 bins as Guo et al. 2017).
 */
export function reliability(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  bins = 15,
): ReliabilityBin[] {
  const [count, confidences, hits] = [0, 1, 2].map(() => new Float64Array(bins)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const answers = argmax(probabilities, classes);
  for (let n = 0; n < labels.length; n++) {
    const confidence = probabilities[n * classes + answers[n]!]!;
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
    count[bin]!++;
    confidences[bin]! += confidence;
    hits[bin]! += answers[n] === labels[n] ? 1 : 0;
  }
  return Array.from(count, (items, b) => ({
    confidence: confidences[b]! / items,
    accuracy: hits[b]! / items,
    count: items,
  })).filter((bin) => bin.count > 0);
}

/** The mean distance between confidence and accuracy over bins, weighted by their items (Guo et al. 2017, equation 3). */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const items = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce(
    (sum, { confidence, accuracy, count }) => sum + (count / items) * Math.abs(confidence - accuracy),
    0,
  );
}

/** A share and its 95 % interval (Wilson 1927), which stays within [0, 1] and holds at 0 and n hits too. */
export function wilson(hits: number, n: number): Estimate {
  const z = 1.959963984540054;
  const value = hits / n;
  const centre = (value + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const reach = (z / (1 + z ** 2 / n)) * Math.sqrt((value * (1 - value)) / n + z ** 2 / (4 * n ** 2));
  return { value, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}

/**
 * Area under the receiver operating characteristic: the chance that a positive scores above a negative, equals
 * counted half (Mann and Whitney 1947). NaN where one of the two kinds is missing, or a score is NaN.
 *
 * @param scores [N], higher means more likely positive
 * @param positive [N], 1 or 0
 */
export function auroc(scores: Float32Array, positive: Uint8Array): number {
  if (scores.some(Number.isNaN)) return Number.NaN;
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    const rank = (start + 1 + end) / 2; // equals share their mean rank, counted from 1
    for (let i = start; i < end; i++) {
      if (positive[order[i]!] !== 0) {
        positives++;
        rankSum += rank;
      }
    }
    start = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
