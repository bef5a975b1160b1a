/** Answering what texts mean. */

import { existsSync } from "node:fs";
import { readTextLines, readTextTable } from "../../engine/data/text/table.node.ts";
import { isTableName } from "../../engine/data/text/texts.node.ts";
import { NacreError } from "../../engine/errors.ts";
import { judgeTexts } from "../../engine/release/judgeTexts.ts";
import { loadTextRelease, type TextRelease } from "../../engine/release/loadText.ts";
import type { Opinion } from "../../engine/release/opinion.ts";
import { columnsOf } from "../text-columns.ts";
import type { Answering, Asked } from "./kind.ts";

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
      yield await judgeTexts(release, batch);
      batch = [];
    }
    yield await judgeTexts(release, batch);
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
