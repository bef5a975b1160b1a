import type { Span } from "./sentences.ts";

/** How much a stretch of a text speaks for a class (above 0) or against it (below), in logits. */
export interface Contribution extends Span {
  readonly weight: number;
}

/** A part of a text as it is shown. */
export interface Word extends Span {
  /** From −3, strongly against, over 0, no matter, to 3, strongly for. */
  readonly level: -3 | -2 | -1 | 0 | 1 | 2 | 3;
}

/** The least share of the strongest weight for each level: what is weaker is not worth a colour. */
const steps = [0.15, 0.4, 0.7] as const;

/** Han characters, kana and the like stand by themselves; what learns them in pieces tells which belong together. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Contributions of whole words: those of pieces between two spaces are added up, because a reader sees words. In
 * scripts without spaces each piece stays as it is.
 *
 * @param contributions in the order of the text, not overlapping
 */
export function wordsOf(text: string, contributions: readonly Contribution[]): Contribution[] {
  const words: Contribution[] = [];
  for (const piece of contributions) {
    if (piece.end <= piece.start) continue;
    const last = words.at(-1);
    if (last !== undefined && last.end >= piece.start && joins(text, last, piece)) {
      words[words.length - 1] = {
        start: last.start,
        end: Math.max(last.end, piece.end),
        weight: last.weight + piece.weight,
      };
    } else words.push(piece);
  }
  return words;
}

/** Whether a piece goes on with the word before it: letters behind letters, or two pieces of one character. */
function joins(text: string, before: Span, piece: Span): boolean {
  if (before.end > piece.start) return true;
  const [last, first] = [text.slice(before.start, before.end).at(-1)!, text.slice(piece.start, piece.end)];
  const letters = /[\p{L}\p{M}\p{N}'’_]$/u.test(last) && /^[\p{L}\p{M}\p{N}'’_]/u.test(first);
  return letters && !unspaced.test(last) && !unspaced.test(first);
}

/** Where nothing says as much as this, in logits, nothing is strong: it takes no less to change an answer. */
const leastStrong = 0.5;

/** The weight that is the measure of all: the strongest among these, unless all of them are weak. */
export const strongestOf = (words: readonly Contribution[]): number =>
  words.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), leastStrong);

/** The whole text in parts, each with the level of its weight measured by `strongest`. */
export function levelled(length: number, words: readonly Contribution[], strongest: number): Word[] {
  const parts: Word[] = [];
  let at = 0;
  for (const { start, end, weight } of words) {
    if (start > at) parts.push({ start: at, end: start, level: 0 });
    const level = steps.filter((step) => Math.abs(weight) >= step * strongest).length;
    parts.push({ start, end, level: (Math.sign(weight) * level || 0) as Word["level"] });
    at = end;
  }
  if (at < length) parts.push({ start: at, end: length, level: 0 });
  return parts;
}

/** What speaks most for a class and what most against it, as it is written, at most `count` of each. */
export function tellingWords(
  parts: readonly { readonly text: string; readonly words: readonly Contribution[] }[],
  strongest: number,
  count: number,
): { readonly for: readonly string[]; readonly against: readonly string[] } {
  const weights = new Map<string, { readonly word: string; weight: number }>();
  for (const { text, words } of parts) {
    for (const { start, end, weight } of words) {
      if (Math.abs(weight) < steps[0] * strongest) continue;
      const word = text.slice(start, end).trim();
      if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word)) continue;
      const found = weights.get(word.toLowerCase());
      if (found === undefined) weights.set(word.toLowerCase(), { word, weight });
      else if (Math.abs(weight) > Math.abs(found.weight)) found.weight = weight;
    }
  }
  const ranked = [...weights.values()].sort((a, b) => b.weight - a.weight);
  return {
    for: ranked
      .filter(({ weight }) => weight > 0)
      .slice(0, count)
      .map(({ word }) => word),
    against: ranked
      .filter(({ weight }) => weight < 0)
      .reverse()
      .slice(0, count)
      .map(({ word }) => word),
  };
}
