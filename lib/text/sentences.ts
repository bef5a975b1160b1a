/** A stretch of a text, in UTF-16 code units from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What may end a sentence: marks with the quotation marks and brackets that close behind them, and line ends. */
const ending = /[.!?…]+["'”’»)\]]*(?=\s|$)|[。！？｡؟۔।]+[!?”’」』》）)\]]*|\n+/gu;

/** Words before a full stop that seldom end a sentence; one letter is an initial. */
const shortened = /(?:^|[\s("“])(?:\p{L}|mr|mrs|ms|dr|prof|st|vs|no|e\.g|i\.e)$/iu;

const telling = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** Longer sentences are cut, so that a megabyte without a full stop is still shown in parts. */
const longest = 1000;

/**
 * The sentences of a text, in its order, without the white space around them: by rules of our own, because browsers
 * disagree. What holds no letter, digit or emoji belongs to the sentence before it.
 */
export function sentencesOf(text: string): Span[] {
  const sentences: Span[] = [];
  const capitals = /\p{Lu}/u.test(text.slice(0, 2 * longest));
  let start = 0;
  for (const { index, 0: mark } of text.matchAll(ending)) {
    if (goesOn(text, start, index, mark, capitals)) continue;
    add(sentences, text, start, index + mark.length);
    start = index + mark.length;
  }
  add(sentences, text, start, text.length);
  return sentences;
}

/**
 * Whether a mark stands within a sentence: before a small letter, where the writer uses capitals, a full stop, dots or
 * the end of quoted speech; and a full stop that shortens a word.
 */
function goesOn(text: string, start: number, index: number, mark: string, capitals: boolean): boolean {
  if (capitals && /^(\.|…|[!?]+["'”’»])/u.test(mark)) {
    const next = /\S/.exec(text.slice(index + mark.length, index + mark.length + 9))?.[0] ?? "";
    if (/\p{Ll}/u.test(next)) return true;
  }
  return mark === "." && shortened.test(text.slice(Math.max(start, index - 8), index));
}

function add(sentences: Span[], text: string, from: number, to: number): void {
  const part = text.slice(from, to);
  const trimmed = part.trim();
  if (trimmed === "") return;
  let start = from + part.indexOf(trimmed);
  const end = start + trimmed.length;
  const last = sentences.at(-1);
  if (last !== undefined && !telling.test(trimmed)) {
    sentences[sentences.length - 1] = { start: last.start, end };
    return;
  }
  for (; end - start > longest; start = sentences.at(-1)!.end) {
    const space = text.lastIndexOf(" ", start + longest);
    const cut = space > start + longest / 2 ? space + 1 : start + longest;
    // Not between the two halves of a character beyond U+FFFF.
    sentences.push({ start, end: /[\ud800-\udbff]/.test(text[cut - 1]!) ? cut - 1 : cut });
  }
  sentences.push({ start, end });
}
