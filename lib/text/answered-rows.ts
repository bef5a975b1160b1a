/** What is said of the rows of a table, kept small: of a text only its beginning, of a row only what is shown. */

/** What the network makes of a text. */
export interface RowAnswer {
  /** One per class, in the manifest's order, calibrated, sum 1. */
  readonly probabilities: Float32Array;
  /** Whether it is in a language that the network has learnt. */
  readonly known: boolean;
}

/** A row with its answer; undefined where there was nothing to read. */
export interface AnsweredRow {
  /** From 0, the row that names the columns left out. */
  readonly index: number;
  /** Its text, cut where it is long. */
  readonly excerpt: string;
  readonly answer: RowAnswer | undefined;
}

/** Which rows are wanted: all, those of a class by its index, those in a language not learnt, those without a text. */
export type WantedRows = "all" | "unknown" | "empty" | number;

/** "certain" has the most probable answer first; those without any are the last. */
export const rowOrders = ["arrival", "certain", "uncertain"] as const;
export type RowOrder = (typeof rowOrders)[number];

/** What the reader wants to see of a table. */
export interface RowSelection {
  readonly wanted: WantedRows;
  /** Only answers of at least this probability, in [0, 1]; 0 lets everything through. */
  readonly atLeast: number;
  readonly order: RowOrder;
  /** Only texts that hold this, whatever the case; "" lets everything through. */
  readonly search: string;
}

/** How many rows there are of each kind that can be wanted. */
export interface RowCounts {
  readonly all: number;
  readonly unknown: number;
  readonly empty: number;
  /** One per class: how often it is the likeliest, of texts in a language that was learnt. */
  readonly classes: readonly number[];
}

/** A part of the rows that were wanted. */
export interface RowPage {
  readonly rows: readonly AnsweredRow[];
  /** How many are wanted in all. */
  readonly total: number;
}

/** More of a text is not kept, in characters: it would fill the memory and no row. */
const longestExcerpt = 240;

/** The likeliest class's index, the first of equals. */
export const likeliestClass = ({ probabilities }: RowAnswer): number =>
  probabilities.indexOf(Math.max(...probabilities));

/** The answered rows of a table, a million if need be: what is kept of each is its excerpt and a few numbers. */
export class AnsweredRows {
  readonly #excerpts: string[] = [];
  /** [rows, classes], with room for more; zeros for rows without an answer. */
  #probabilities: Float32Array;
  readonly #groups: ("empty" | "unknown" | "known")[] = [];
  readonly #classes: number[];
  #unknown = 0;
  #empty = 0;

  constructor(classes: number) {
    this.#classes = Array<number>(classes).fill(0);
    this.#probabilities = new Float32Array(1024 * classes);
  }

  /** Adds the next row. */
  add(text: string, answer: RowAnswer | undefined): void {
    const at = this.#excerpts.length * this.#classes.length;
    if (at === this.#probabilities.length) {
      const wider = new Float32Array(2 * at);
      wider.set(this.#probabilities);
      this.#probabilities = wider;
    }
    if (answer !== undefined) this.#probabilities.set(answer.probabilities, at);
    this.#excerpts.push(copied(excerptOf(text)));
    const group = groupOf(answer);
    this.#groups.push(typeof group === "number" ? "known" : group);
    if (group === "empty") this.#empty++;
    else if (group === "unknown") this.#unknown++;
    else this.#classes[group]!++;
  }

  get counts(): RowCounts {
    const { length } = this.#excerpts;
    return { all: length, unknown: this.#unknown, empty: this.#empty, classes: [...this.#classes] };
  }

  /** What is said of a row; undefined for one that is not answered yet. */
  at(index: number): AnsweredRow | undefined {
    const excerpt = this.#excerpts[index];
    if (excerpt === undefined) return undefined;
    const group = this.#groups[index]!;
    if (group === "empty") return { index, excerpt, answer: undefined };
    const classes = this.#classes.length;
    const probabilities = this.#probabilities.subarray(index * classes, (index + 1) * classes);
    return { index, excerpt, answer: { probabilities, known: group === "known" } };
  }

  /** `count` of the wanted rows from the one at `from` on, in the wanted order; equals keep that of the table. */
  page(selection: RowSelection, from: number, count: number): RowPage {
    const { wanted, atLeast, order, search } = selection;
    const { length } = this.#excerpts;
    const rows = (indices: number[]) =>
      indices.map((index) => {
        const { answer, ...row } = this.at(index)!;
        // Without the numbers of all others, which lie beside them.
        return { ...row, answer: answer && { ...answer, probabilities: answer.probabilities.slice() } };
      });
    // As long as the table is read, this is asked for again and again.
    if (wanted === "all" && atLeast === 0 && order === "arrival" && search === "") {
      const shown = Math.max(0, Math.min(count, length - from));
      return { rows: rows(Array.from({ length: shown }, (_, i) => from + i)), total: length };
    }

    const indices: number[] = [];
    for (let index = 0; index < length; index++)
      if (isWanted(this.at(index)!, selection)) indices.push(index);
    if (order !== "arrival") {
      const sign = order === "certain" ? -1 : 1;
      const certainties = new Map(indices.map((index) => [index, certaintyOf(this.at(index)!.answer)]));
      indices.sort((a, b) => {
        const [first, second] = [certainties.get(a), certainties.get(b)];
        if (first === undefined || second === undefined)
          return Number(first === undefined) - Number(second === undefined);
        return sign * (first - second);
      });
    }
    return { rows: rows(indices.slice(from, from + count)), total: indices.length };
  }
}

const certaintyOf = (answer: RowAnswer | undefined): number | undefined =>
  answer && Math.max(...answer.probabilities);

/** The beginning of a text on one line. */
function excerptOf(text: string): string {
  const flat = text
    .slice(0, longestExcerpt + 1)
    .replace(/\s+/g, " ")
    .trim();
  return flat.length > longestExcerpt ? `${flat.slice(0, longestExcerpt)}…` : flat;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A part of a string holds on to the whole of it, here a piece of the file, unless it is made anew. */
const copied = (text: string): string => decoder.decode(encoder.encode(text));

/** Whether the reader wants to see a row. */
export function isWanted(
  { answer, excerpt }: AnsweredRow,
  { wanted, atLeast, search }: RowSelection,
): boolean {
  if (wanted !== "all" && groupOf(answer) !== wanted) return false;
  if (atLeast > 0 && (answer === undefined || Math.max(...answer.probabilities) < atLeast)) return false;
  return search === "" || excerpt.toLowerCase().includes(search.toLowerCase());
}

function groupOf(answer: RowAnswer | undefined): "empty" | "unknown" | number {
  if (answer === undefined) return "empty";
  return answer.known ? likeliestClass(answer) : "unknown";
}
