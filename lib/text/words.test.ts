import { expect, test } from "vitest";
import { type Contribution, levelled, strongestOf, tellingWords, wordsOf } from "./words.ts";

/** Contributions of the pieces of a text that `|` sets apart, weights in their order. */
function pieces(marked: string, weights: readonly number[]): { text: string; pieces: Contribution[] } {
  let text = "";
  const found: Contribution[] = [];
  for (const piece of marked.split("|")) {
    const start = text.length + (piece.length - piece.trimStart().length);
    text += piece;
    if (piece.trim() !== "")
      found.push({ start, end: text.trimEnd().length, weight: weights[found.length]! });
  }
  return { text, pieces: found };
}

const shown = (text: string, words: readonly Contribution[]) =>
  words.map(({ start, end, weight }) => [text.slice(start, end), weight]);

test("pieces of a word are one, signs and characters of their own stay", () => {
  const english = pieces("un|believ|able| ,| don|'t| go|!", [1, 2, 4, -1, -2, -3, 5, 6]);
  expect(shown(english.text, wordsOf(english.text, english.pieces))).toEqual([
    ["unbelievable", 7],
    [",", -1],
    ["don't", -5],
    ["go", 5],
    ["!", 6],
  ]);
  const chinese = pieces("真|好看|，| wifi|快", [1, 2, 3, 4, 5]);
  expect(wordsOf(chinese.text, chinese.pieces)).toHaveLength(5);
});

test("two pieces of one character, as an emoji may be, are one", () => {
  const both = { start: 0, end: 2 };
  expect(
    wordsOf("😀", [
      { ...both, weight: 1 },
      { ...both, weight: 2 },
    ]),
  ).toEqual([{ ...both, weight: 3 }]);
});

test("the parts cover the whole text, and levels follow the strongest", () => {
  const { text, pieces: words } = pieces("so| good| but| slow| ok", [0.1, 1, -0.2, -0.5, 0]);
  const parts = levelled(text.length, words, strongestOf(words));
  expect(parts.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
  expect(
    parts.filter(({ level }) => level !== 0).map(({ start, end, level }) => [text.slice(start, end), level]),
  ).toEqual([
    ["good", 3],
    ["but", -1],
    ["slow", -2],
  ]);
});

test("where all words are weak, none is coloured", () => {
  const words = [{ start: 0, end: 2, weight: 0.05 }];
  expect(levelled(2, words, strongestOf(words))).toEqual([{ start: 0, end: 2, level: 0 }]);
});

test("the telling words are named once, the strongest first", () => {
  const { text, pieces: words } = pieces("Good| good| great| slow| !| meh", [0.5, 0.7, 1, -0.9, 1, 0.01]);
  expect(tellingWords([{ text, words }], 1, 2)).toEqual({ for: ["great", "Good"], against: ["slow"] });
});
