import { SLICE_RATE, type Slices } from "./slices.ts";

/** A word is over when the sound stays below this share of its loudest moment. */
const FADED = 0.2;
/** How far back a word is looked for, in slices: two seconds. */
const KEPT = 2 * SLICE_RATE;

/** Remembers how loud the latest moments of a stream were, to tell when a word that was just recognised was over. */
export class WordEnd {
  #swings: number[] = [];
  #received = 0;

  /** Takes the next slices of the stream. */
  push({ count, low, high }: Slices): void {
    for (let i = 0; i < count; i++) this.#swings.push(high[i]! - low[i]!);
    this.#received += count;
    this.#swings = this.#swings.slice(-KEPT);
  }

  /** When the last sound before `at` faded, both in s from the stream's beginning; at most a second before. */
  before(at: number): number {
    const first = this.#received - this.#swings.length;
    const end = Math.min(this.#received, Math.round(at * SLICE_RATE)) - first;
    const start = Math.max(0, end - SLICE_RATE);
    const second = this.#swings.slice(start, Math.max(0, end));
    const threshold = FADED * second.reduce((most, swing) => Math.max(most, swing), 0);
    const last = second.findLastIndex((swing) => swing >= threshold);
    return Math.min(at, (first + start + last + 1) / SLICE_RATE);
  }
}
