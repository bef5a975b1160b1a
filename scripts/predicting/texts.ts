/** Answering what texts mean. */

import { existsSync } from "node:fs";
import { readTextLines, readTextTable } from "../../engine/data/text/table.node.ts";
import { isTableName } from "../../engine/data/text/texts.node.ts";
import { NacreError } from "../../engine/errors.ts";
import { classifyTexts } from "../../engine/read/textClassifier.ts";
import { isKnown } from "../../engine/release/known.ts";
import { loadTextRelease, type TextRelease } from "../../engine/release/loadText.ts";
import { softmax } from "../../engine/train/calibration.ts";
import { columnsOf } from "../text-columns.ts";
import type { Answering, Asked, Opinion } from "./kind.ts";

/** Texts that are read together, so that memory does not grow with the files. */
const BATCH = 64;

/** What looks like the name of a file, and would be a strange text. */
const FILE_NAME = /^\S+\.(csv|tsv|txt|gz)$/i;

/**
 * Answers texts, as `Answer` says. An input is a table, of which each row is a text; another file or - for stdin, of
 * which each line is one; or a text itself.
 */
export async function answerTexts(asked: Asked): Promise<Answering> {
  const missing = asked.inputs.find((input) => FILE_NAME.test(input) && !existsSync(input));
  if (missing !== undefined) throw new NacreError("input", `There is no file ${missing}.`);
  const release = await loadTextRelease(asked.folder, asked);
  return { manifest: release.manifest, unit: "texts", opinions: opinionsOf(release, asked) };
}

async function* opinionsOf(release: TextRelease, asked: Asked): AsyncGenerator<readonly Opinion[]> {
  let batch: string[] = [];
  try {
    for await (const text of textsOf(asked)) {
      batch.push(text);
      if (batch.length < BATCH) continue;
      yield await answer(release, batch);
      batch = [];
    }
    yield await answer(release, batch);
  } finally {
    await release.dispose();
  }
}

async function* textsOf(asked: Asked): AsyncGenerator<string> {
  const { text } = columnsOf(asked);
  for (const input of asked.inputs) {
    if (input === "-") yield* readTextLines("stdin", process.stdin);
    else if (!existsSync(input)) yield input;
    else if (isTableName(input)) for await (const row of readTextTable(input, { text })) yield row.text;
    else yield* readTextLines(input);
  }
}

async function answer({ manifest, reader }: TextRelease, texts: readonly string[]): Promise<Opinion[]> {
  const opinions = await classifyTexts(reader, texts);
  return opinions.map(({ logits, known, pieces }, i) => {
    const name = texts[i]!.replace(/\s+/g, " ").trim();
    if (pieces === 0) return { name, answer: new NacreError("input", `"${name}" holds nothing to read.`) };
    const familiar = isKnown(manifest, known);
    // Where there are no letters there is no language that could be a strange one.
    if (familiar === false && !/\p{L}/u.test(name))
      return { name, answer: new NacreError("input", `"${name}" holds no words to go by.`) };
    return { name, answer: { probabilities: softmax(logits, manifest.temperature), known: familiar } };
  });
}
