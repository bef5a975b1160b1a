import type { Manifest } from "../../engine/release/manifest.ts";
import { AnsweredRows, type RowCounts } from "../text/answered-rows.ts";
import { type Outline, outlineOf } from "../text/outline.ts";
import { type Span, sentencesOf } from "../text/sentences.ts";
import { tableCsv } from "../text/table-csv.ts";
import { openTable, type TableFile } from "../text/table-file.ts";
import type { TextClassifier } from "./text-classifier.ts";
import type { TextTask, TextTasks } from "./text-protocol.ts";

/** A task under way. */
export interface Job<T extends TextTask> {
  readonly asks: TextTasks[T]["asks"];
  tell(part: TextTasks[T]["tells"]): void;
  /** Lets the worker hear what came in meanwhile; to be awaited often. Throws where nobody waits for the job any more. */
  breathe(): Promise<void>;
}

/** What does the tasks. */
export type TextJobs = { readonly [T in TextTask]: (job: Job<T>) => Promise<TextTasks[T]["gives"]> };

/** Rows that run through the network together. */
const batch = 32;

/** Rows that are passed over between two breaths. */
const stride = 10_000;

/** Of a long text so much is read at a time, in characters, that it can be given up soon. */
const longestStretch = 8000;

/** The open table and what is said of its rows so far. */
interface OpenTable {
  readonly file: TableFile;
  /** Where its texts are. */
  readonly column: number;
  readonly header: boolean;
  readonly answers: AnsweredRows;
}

/**
 * Does what the page asks, with a classifier that may have to be waited for. There is one open table at a time; of
 * its rows, those that are answered are known.
 */
export function textJobs(
  { classes }: Pick<Manifest, "classes">,
  classifier: () => Promise<TextClassifier>,
): TextJobs {
  let table: OpenTable | undefined;

  return {
    async read({ asks: { text }, tell, breathe }) {
      const start = performance.now();
      const ready = await classifier();
      await breathe();
      const begun = performance.now();
      const sentences = sentencesOf(text);
      const parts = stretches(text, sentences);
      let done = 0;
      const opinion = await ready.read(parts, async () => {
        done++;
        if (parts.length > 1) tell(done / parts.length);
        await breathe();
      });
      const now = performance.now();
      return opinion && { opinion, sentences, totalMs: now - start, networkMs: now - begun };
    },

    async sentences({ asks: { texts }, breathe }) {
      const ready = await classifier();
      await breathe();
      return ready.classify(texts);
    },

    async explain({ asks: { texts, index }, breathe }) {
      const ready = await classifier();
      const contributions = [];
      for (const text of texts) {
        await breathe();
        contributions.push(await ready.explain(text, index));
      }
      return contributions;
    },

    async openTable({ asks: { file } }): Promise<Outline> {
      table = undefined;
      const opened = await openTable(file);
      const outline = await outlineOf(opened);
      const { column, header } = outline;
      table = { file: opened, column, header, answers: new AnsweredRows(classes.length) };
      return outline;
    },

    async answerRows({ asks: { column, header, goOn }, tell, breathe }): Promise<RowCounts> {
      const { file } = opened();
      if (!goOn) table = { file, column, header, answers: new AnsweredRows(classes.length) };
      const { answers } = opened();
      const done = answers.counts.all;
      const texts: string[] = [];

      async function answer() {
        const found = await (await classifier()).classify(texts);
        await breathe(); // so that a job that was stopped adds nothing to what the next one goes on from
        for (const [i, text] of texts.entries()) answers.add(text, found[i] ?? undefined);
        texts.length = 0;
        tell(answers.counts);
      }

      let row = header ? -1 : 0;
      for await (const fields of file.rows()) {
        if (row++ < done) continue;
        texts.push(fields[column] ?? "");
        if (texts.length === batch) await answer();
      }
      await answer();
      return answers.counts;
    },

    async rows({ asks: { selection, from, count } }) {
      return opened().answers.page(selection, from, count);
    },

    async rowText({ asks: { index }, breathe }) {
      const { file, column, header } = opened();
      let row = header ? -1 : 0;
      for await (const fields of file.rows()) {
        if (row === index) return fields[column] ?? "";
        if (++row % stride === 0) await breathe();
      }
      throw new Error(`The table has no row ${index}.`);
    },

    async tableFile({ asks: { selection }, breathe }) {
      const { file, header, answers } = opened();
      const pieces: BlobPart[] = ["\uFEFF"]; // Excel takes a table for UTF-8 only with this mark
      for await (const piece of tableCsv(file, { classes }, answers, selection, header)) {
        pieces.push(piece);
        await breathe();
      }
      return new Blob(pieces, { type: "text/csv" });
    },
  };

  function opened(): OpenTable {
    if (table === undefined) throw new Error("No table is open.");
    return table;
  }
}

/** A text in stretches of whole sentences, none much longer than `longestStretch`. */
function stretches(text: string, sentences: readonly Span[]): string[] {
  const found: string[] = [];
  let start = 0;
  for (const [i, { end }] of sentences.entries()) {
    const next = sentences[i + 1];
    if (next !== undefined && next.end - start <= longestStretch) continue;
    found.push(text.slice(start, next === undefined ? text.length : end));
    start = end;
  }
  return found.length === 0 ? [text] : found;
}
