import { normalise } from "./normalise.ts";
import { FIRST_PIECE, type Vocabulary } from "./tokeniser.ts";
import { unitsOf } from "./units.ts";

/** How many pieces are learned. */
export interface LearnOptions {
  /** Ids in all, with those that are no pieces. */
  readonly size: number;
  /** A character seen less often has no piece. */
  readonly minimum: number;
}

/** A word that was seen, in the pieces that it is made of so far. */
interface Word {
  parts: readonly string[];
  readonly count: number;
}

/**
 * Learns the pieces of texts by byte pair encoding (Sennrich et al. 2016, algorithm 1): every character that is seen
 * often enough, then again and again the two neighbours within words that are together most often, as one. Han and
 * other characters that stand alone have no neighbours. Of equal counts the first in code units comes first, so that
 * the same texts in any order give the same pieces.
 */
export function learnPieces(texts: Iterable<string>, { size, minimum }: LearnOptions): Vocabulary {
  const counts = new Map<string, number>();
  for (const text of texts) for (const unit of unitsOf(normalise(text))) increase(counts, unit, 1);

  const characters = new Map<string, number>();
  for (const [unit, count] of counts) for (const character of unit) increase(characters, character, count);
  const pieces = [...characters]
    .filter(([, count]) => count >= minimum)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, size - FIRST_PIECE)
    .map(([character]) => character);

  const known = new Set(pieces);
  const words: Word[] = [];
  for (const [unit, count] of counts) {
    const parts = [...unit];
    if (parts.length > 1 && parts.every((part) => known.has(part))) words.push({ parts, count });
  }
  const pairs = new Pairs(words);
  while (pieces.length < size - FIRST_PIECE) {
    const best = pairs.best();
    if (!best || best.count < minimum) break;
    if (!known.has(best.joined)) {
      pieces.push(best.joined);
      known.add(best.joined);
    }
    pairs.join(best.pair);
  }
  return { version: 1, pieces };
}

/** Pairs of neighbours: how often each is seen, and in which words. */
class Pairs {
  readonly #words: Word[];
  readonly #counts = new Map<string, number>();
  readonly #places = new Map<string, Set<number>>();
  /** The pairs with counts of at least the bound: the best is among them, and they are few. */
  readonly #frequent = new Set<string>();
  #bound = Number.MAX_SAFE_INTEGER;

  constructor(words: Word[]) {
    this.#words = words;
    for (const i of words.keys()) this.#count(i, 1);
  }

  /** The pair that is seen most. */
  best(): { pair: string; joined: string; count: number } | undefined {
    while (this.#frequent.size === 0 && this.#counts.size > 0) {
      this.#bound /= 2;
      for (const [pair, n] of this.#counts) if (n >= this.#bound) this.#frequent.add(pair);
    }
    let [pair, count] = ["", 0];
    for (const candidate of this.#frequent) {
      const n = this.#counts.get(candidate)!;
      if (n > count || (n === count && candidate < pair)) [pair, count] = [candidate, n];
    }
    return count === 0 ? undefined : { pair, joined: pair.replace(" ", ""), count };
  }

  /** Makes a pair one piece, in all words that hold it. */
  join(pair: string): void {
    const [first, second] = pair.split(" ") as [string, string];
    for (const i of [...this.#places.get(pair)!]) {
      this.#count(i, -1);
      const { parts, count } = this.#words[i]!;
      const joined: string[] = [];
      for (let at = 0; at < parts.length; at++) {
        const both = parts[at] === first && parts[at + 1] === second;
        joined.push(both ? first + second : parts[at]!);
        if (both) at++;
      }
      this.#words[i] = { parts: joined, count };
      this.#count(i, 1);
    }
  }

  /** Adds a word's pairs, or takes them away. No part holds a space, which therefore can stand between two. */
  #count(i: number, sign: 1 | -1): void {
    const { parts, count } = this.#words[i]!;
    for (let at = 0; at + 1 < parts.length; at++) {
      const pair = `${parts[at]} ${parts[at + 1]}`;
      const now = increase(this.#counts, pair, sign * count);
      if (now === 0) this.#counts.delete(pair);
      if (now >= this.#bound) this.#frequent.add(pair);
      else this.#frequent.delete(pair);
      const places = this.#places.get(pair) ?? new Set();
      this.#places.set(pair, places);
      if (sign > 0) places.add(i);
      else places.delete(i);
    }
  }
}

/** Adds to a count and returns what it is now. */
function increase(counts: Map<string, number>, key: string, by: number): number {
  const count = (counts.get(key) ?? 0) + by;
  counts.set(key, count);
  return count;
}
