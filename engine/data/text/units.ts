/** Stands before a word's first character, so that the beginning of a word is told from its middle. */
export const WORD = "\u2581";

/**
 * Han characters, which are words or parts of words by themselves (Unicode 15.1, blocks of CJK ideographs).
 * Written out, so that all platforms agree whatever version of Unicode they know.
 */
const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";

/** Letters, marks and digits of other scripts, with apostrophes within: a word. Then Han, then all else, one by one. */
const UNIT = new RegExp(
  `(?:(?![${HAN}])[\\p{L}\\p{M}\\p{N}])+(?:'(?:(?![${HAN}])[\\p{L}\\p{M}\\p{N}])+)*|[^ ]`,
  "gu",
);

const LETTER = /^[\p{L}\p{M}\p{N}]/u;
const IS_HAN = new RegExp(`^[${HAN}]`, "u");

/** Longer words are cut, so that a megabyte without a space costs no more than one with. */
const LONGEST_WORD = 40;

/** A part of a text and where in it it begins. */
export interface Unit {
  readonly unit: string;
  readonly at: number;
}

/**
 * The parts of a normalised text within which pieces are looked for: words of scripts that are written in letters,
 * each with WORD before it, and single characters. Spaces are only between them.
 */
export function* placedUnitsOf(normalised: string): Generator<Unit> {
  for (const { 0: unit, index } of normalised.matchAll(UNIT)) {
    if (IS_HAN.test(unit) || !LETTER.test(unit)) {
      yield { unit, at: index };
      continue;
    }
    const characters = [...unit];
    let at = index;
    for (let from = 0; from < characters.length; from += LONGEST_WORD) {
      const part = characters.slice(from, from + LONGEST_WORD).join("");
      yield { unit: from === 0 ? WORD + part : part, at };
      at += part.length;
    }
  }
}

/** `placedUnitsOf`, where nobody asks where they are. */
export function* unitsOf(normalised: string): Generator<string> {
  for (const { unit } of placedUnitsOf(normalised)) yield unit;
}
