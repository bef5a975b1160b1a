/** Letters that tell languages apart. */
const SCRIPTS = {
  zh: /\p{Script=Han}/gu,
  en: /[a-z]/giu,
  /** Han among these are Japanese. */
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  other: /(?![a-z])[\p{L}--\p{Script=Han}]/giv,
} as const;

/** A Han character says about as much as so many Latin letters. */
const HAN_WEIGHT = 2.5;

/** What is less of a text does not count: a name, a brand. */
const LEAST = 0.2;

/**
 * The languages of a text, as far as its script tells: "zh" for Han characters, "en" for the letters a to z, the one
 * with most of it first. None for other scripts, and where there are no letters.
 */
export function languagesOf(text: string): ("en" | "zh")[] {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const [han, en, other] = [HAN_WEIGHT * count(SCRIPTS.zh), count(SCRIPTS.en), count(SCRIPTS.other)];
  const zh = count(SCRIPTS.kana) > LEAST * han ? 0 : han;
  const all = han + en + other;
  const found: ["en" | "zh", number][] = [["en", en], ["zh", zh]]; // biome-ignore format: pairs
  return found
    .filter(([, letters]) => letters > LEAST * all)
    .sort(([, a], [, b]) => b - a)
    .map(([language]) => language);
}
