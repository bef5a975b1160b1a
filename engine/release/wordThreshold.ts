import { argmax } from "../train/metrics.ts";

/** Which classes are words, and which, if any, stands for all other words; −1 for none. */
export interface WordKinds {
  readonly words: readonly number[];
  readonly unknown: number;
}

/** Hits and their number, as `wilson` takes them. */
type Count = [hits: number, of: number];

/**
 * How many of the words, and how many of the recordings of other words, are taken for a word at a threshold: their
 * likeliest class is one and at least so probable.
 *
 * @param probabilities [N, classes]
 * @param labels [N]
 */
export function acceptance(
  probabilities: Float32Array,
  labels: Int32Array,
  { words, unknown }: WordKinds,
  classes: number,
  threshold: number,
): { words: Count; others: Count | undefined } {
  const [said, others]: [Count, Count] = [
    [0, 0],
    [0, 0],
  ];
  for (const [n, answer] of argmax(probabilities, classes).entries()) {
    const count = words.includes(labels[n]!) ? said : labels[n] === unknown ? others : undefined;
    if (!count) continue;
    count[1]++;
    if (words.includes(answer) && probabilities[n * classes + answer]! >= threshold) count[0]++;
  }
  return { words: said, others: others[1] > 0 ? others : undefined };
}

/** Other words may be taken for one of these as often as this, on the recordings that the threshold is chosen on. */
const ACCEPTED = 0.04;
/** The threshold where there are no other words to choose by. */
export const USUAL_THRESHOLD = 0.5;

/** The least threshold, in hundredths, at which few enough other words are taken for one of these. */
export function chooseThreshold(
  probabilities: Float32Array,
  labels: Int32Array,
  kinds: WordKinds,
  classes: number,
): number {
  for (let percent = 30; percent < 95; percent++) {
    const { others } = acceptance(probabilities, labels, kinds, classes, percent / 100);
    if (!others) return USUAL_THRESHOLD;
    if (others[0] / others[1] <= ACCEPTED) return percent / 100;
  }
  return 0.95;
}
