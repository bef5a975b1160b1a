/** Answering what texts mean. */

import { existsSync, statSync } from "node:fs";
import { readTextLines, readTextTable, type TextColumns } from "../../engine/data/text/table.node.ts";
import { findTextTables, isTableName } from "../../engine/data/text/texts.node.ts";
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
 * Answers texts, as `Answer` says. An input is a table, of which each row is a text; a folder with tables; another file
 * or - for stdin, of which each line is one; or a text itself.
 */
export async function answerTexts(asked: Asked): Promise<Answering> {
  const release = await loadTextRelease(asked.folder, asked);
  return { manifest: release.manifest, unit: "texts", opinions: opinionsOf(release, asked) };
}

async function* opinionsOf(release: TextRelease, asked: Asked): AsyncGenerator<readonly Opinion[]> {
  const batch: string[] = [];
  try {
    for await (const text of textsOf(asked.inputs, { text: columnsOf(asked).text })) {
      if (typeof text === "string") batch.push(text);
      if (typeof text !== "string" || batch.length === BATCH)
        yield await judgeTexts(release, batch.splice(0));
      if (typeof text !== "string") yield [text];
    }
    yield await judgeTexts(release, batch);
  } finally {
    await release.dispose();
  }
}

/** The texts that inputs mean, and in its place what cannot be used. */
async function* textsOf(inputs: readonly string[], columns: TextColumns): AsyncGenerator<string | Opinion> {
  for (const input of inputs) {
    try {
      if (input === "-") yield* readTextLines("stdin", process.stdin);
      else if (existsSync(input)) yield* textsIn(input, columns);
      else if (FILE_NAME.test(input)) throw new NacreError("input", `There is no file ${input}.`);
      else yield input;
    } catch (error) {
      if (!(error instanceof NacreError)) throw error;
      yield { name: input, answer: error };
    }
  }
}

async function* textsIn(path: string, columns: TextColumns): AsyncGenerator<string | Opinion> {
  if (statSync(path).isDirectory()) {
    const tables = await findTextTables(path);
    yield* textsOf(
      tables.map((table) => table.path),
      columns,
    );
  } else if (isTableName(path)) for await (const row of readTextTable(path, columns)) yield row.text;
  else yield* readTextLines(path);
}
