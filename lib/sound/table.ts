import type { Manifest } from "../../engine/release/manifest.ts";

/** A word in a recording, or the answer to a recording that is one word. */
export interface HeardWord {
  /** The class's index. */
  readonly index: number;
  /** In [0, 1]. */
  readonly probability: number;
  /** Where it ends, in s from the recording's start; undefined where the answer is for the whole. */
  readonly at: number | undefined;
}

/** A recording with what was heard in it. */
export interface HeardFile {
  readonly name: string;
  readonly words: readonly HeardWord[];
}

/**
 * A table by RFC 4180 with a header, a line for each word: file,at,class,probability. `at` is in s, empty for a whole
 * recording; one without a word has a line with nothing but its name.
 */
export function wordsTable(files: readonly HeardFile[], { classes }: Pick<Manifest, "classes">): string {
  const lines = files.flatMap(({ name, words }) =>
    words.length === 0
      ? [`${quoted(name)},,,`]
      : words.map(({ index, probability, at }) =>
          [quoted(name), at?.toFixed(2) ?? "", classes[index]!.id, probability.toFixed(6)].join(","),
        ),
  );
  return ["file,at,class,probability", ...lines, ""].join("\n");
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
