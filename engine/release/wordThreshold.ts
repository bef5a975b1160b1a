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

/** The share of words that must count, of those that the threshold is chosen on. */
const KEPT = 0.98;
/** The threshold where a release states none, and the least that is chosen. */
export const USUAL_THRESHOLD = 0.5;

/**
 * The highest threshold, in hundredths, at which nearly all words count. Chosen by the words and not by what is taken
 * for one: the other words that people collect are few of those there are.
 */
export function chooseThreshold(
  probabilities: Float32Array,
  labels: Int32Array,
  kinds: WordKinds,
  classes: number,
): number {
  for (let percent = 99; percent > 100 * USUAL_THRESHOLD; percent--) {
    const { words } = acceptance(probabilities, labels, kinds, classes, percent / 100);
    if (words[0] >= KEPT * words[1]) return percent / 100;
  }
  return USUAL_THRESHOLD;
}
