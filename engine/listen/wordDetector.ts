/** How a stream is listened to; part of a release's manifest. */
export interface Listening {
  /** Seconds from one window to the next. */
  readonly hop: number;
  /** Windows whose answers are averaged: one alone may be wrong. */
  readonly smoothing: number;
  /** Seconds after a word in which no other is heard: it is still in the windows. */
  readonly refractory: number;
  /** The least averaged probability at which a word counts as said. */
  readonly threshold: number;
}

/** A word in a stream. */
export interface Detection {
  /** Index of its class. */
  readonly label: number;
  /** Averaged probability, in [0, 1]. */
  readonly confidence: number;
  /** Seconds from the stream's beginning to the end of the window in which it was certain. */
  readonly at: number;
}

/**
 * Makes words of the answers to the overlapping windows of a stream: probabilities are averaged over the last windows,
 * a word is heard when one is likely enough, and then not again before the refractory time is over and its average was
 * once below the threshold (Chen et al. 2014, "Small-footprint keyword spotting using deep neural networks", §2.3,
 * with one window for a whole word).
 */
export class WordDetector {
  readonly #listening: Listening;
  readonly #words: readonly number[];
  #recent: Float32Array[] = [];
  #last: { readonly at: number; readonly label: number; fell: boolean } | undefined;

  /** @param words indices of the classes that are words to be heard, not silence or other words */
  constructor(words: readonly number[], listening: Listening) {
    this.#words = words;
    this.#listening = listening;
  }

  /**
   * Takes the answer to the next window.
   *
   * @param probabilities [classes]
   * @param at where the window ends, in seconds of the stream
   * @param threshold instead of the release's
   */
  push(
    probabilities: Float32Array,
    at: number,
    threshold = this.#listening.threshold,
  ): Detection | undefined {
    const { smoothing, refractory } = this.#listening;
    this.#recent = [...this.#recent, probabilities].slice(-smoothing);
    // Divided by as many as there should be: a stream does not begin with a word that one window believes in.
    const mean = (label: number) => this.#recent.reduce((sum, p) => sum + p[label]! / smoothing, 0);
    const label = this.#words.reduce((best, word) => (mean(word) > mean(best) ? word : best));
    const confidence = mean(label);
    const last = this.#last;
    if (last && mean(last.label) < threshold) last.fell = true;
    if (confidence < threshold) return undefined;
    if (last && (at - last.at < refractory || (last.label === label && !last.fell))) return undefined;
    this.#last = { at, label, fell: false };
    return { label, confidence, at };
  }
}
