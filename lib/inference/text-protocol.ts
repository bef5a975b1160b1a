import type { TextManifest } from "../../engine/release/manifest.ts";
import type { RowAnswer, RowCounts, RowPage, RowSelection } from "../text/answered-rows.ts";
import type { Outline } from "../text/outline.ts";
import type { Span } from "../text/sentences.ts";
import type { TableFault } from "../text/table-fault.ts";
import type { Contribution } from "../text/words.ts";
import type { ModelReport, ModelRequest, Problem } from "./protocol.ts";

/** What the network makes of a text. */
export interface TextOpinion extends RowAnswer {
  /** The share of the text that is in none of the pieces which the network has learnt, in [0, 1]. */
  readonly unknownShare: number;
  /** The languages that it is written in, as BCP 47 tags, the one with most of it first; none where none is known. */
  readonly languages: readonly string[];
}

/** What can go wrong on the way to an answer, as a record. */
export type TextProblem =
  | Problem
  | { readonly kind: "table"; readonly name: string; readonly fault: TableFault };

/** What the page can ask of the worker: what goes there, what comes back on the way, and what at the end. */
export interface TextTasks {
  /**
   * Reads a text of any length, telling of a long one what share is read; null where it holds nothing to read: white
   * space, characters that cannot be seen.
   */
  readonly read: {
    readonly asks: { readonly text: string };
    readonly tells: number;
    readonly gives: Reading | null;
  };
  /** What the network makes of each of some sentences; null where there is nothing to read. */
  readonly sentences: {
    readonly asks: { readonly texts: readonly string[] };
    readonly tells: never;
    readonly gives: readonly (TextOpinion | null)[];
  };
  /** For each of some texts, how much each stretch of it speaks for a class, by its index. */
  readonly explain: {
    readonly asks: { readonly texts: readonly string[]; readonly index: number };
    readonly tells: never;
    readonly gives: readonly (readonly Contribution[])[];
  };
  /** Opens a table, which takes the place of the one before. */
  readonly openTable: {
    readonly asks: { readonly file: File };
    readonly tells: never;
    readonly gives: Outline;
  };
  /** Answers the open table's rows from the first on, or from where it was stopped. */
  readonly answerRows: {
    readonly asks: { readonly column: number; readonly header: boolean; readonly goOn: boolean };
    readonly tells: RowCounts;
    readonly gives: RowCounts;
  };
  /** Some of the answered rows. */
  readonly rows: {
    readonly asks: { readonly selection: RowSelection; readonly from: number; readonly count: number };
    readonly tells: never;
    readonly gives: RowPage;
  };
  /** The whole text of an answered row, by its index. */
  readonly rowText: {
    readonly asks: { readonly index: number };
    readonly tells: never;
    readonly gives: string;
  };
  /** The table with the answers, as CSV. */
  readonly tableFile: {
    readonly asks: { readonly selection: RowSelection };
    readonly tells: never;
    readonly gives: Blob;
  };
}

export type TextTask = keyof TextTasks;

/** A text that was read as a whole. */
export interface Reading {
  readonly opinion: TextOpinion;
  /** Where its sentences are. */
  readonly sentences: readonly Span[];
  /** From the question to this answer, in ms; of these, running the network. */
  readonly totalMs: number;
  readonly networkMs: number;
}

/** What the page asks of the worker for texts. */
export type TextRequest =
  | ModelRequest<TextManifest>
  | {
      [T in TextTask]: {
        readonly kind: "ask";
        readonly id: number;
        readonly task: T;
        readonly asks: TextTasks[T]["asks"];
      };
    }[TextTask];

/** What becomes of a task: what is known on the way, and how it ends. */
export type TextVerdict =
  | { readonly kind: "tells"; readonly id: number; readonly part: TextTasks[TextTask]["tells"] }
  | { readonly kind: "gives"; readonly id: number; readonly result: TextTasks[TextTask]["gives"] }
  | { readonly kind: "problem"; readonly id: number; readonly problem: TextProblem };

/** What the worker tells the page. */
export type TextReport = ModelReport | TextVerdict;
