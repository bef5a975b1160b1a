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

/** The answered rows of a table, 200,000 if need be. */
export class AnsweredRows {
  readonly #rows: AnsweredRow[] = [];
  readonly #classes: number[];
  #unknown = 0;
  #empty = 0;

  constructor(classes: number) {
    this.#classes = Array<number>(classes).fill(0);
  }

  /** Adds the next row. */
  add(text: string, answer: RowAnswer | undefined): void {
    const flat = text
      .slice(0, longestExcerpt + 1)
      .replace(/\s+/g, " ")
      .trim();
    const excerpt = flat.length > longestExcerpt ? `${flat.slice(0, longestExcerpt)}…` : flat;
    this.#rows.push({ index: this.#rows.length, excerpt, answer });
    const group = groupOf(answer);
    if (group === "empty") this.#empty++;
    else if (group === "unknown") this.#unknown++;
    else this.#classes[group]!++;
  }

  get counts(): RowCounts {
    const { length } = this.#rows;
    return { all: length, unknown: this.#unknown, empty: this.#empty, classes: [...this.#classes] };
  }

  /** What is said of a row; undefined for one that is not answered yet. */
  at(index: number): AnsweredRow | undefined {
    return this.#rows[index];
  }

  /** `count` of the wanted rows from the one at `from` on, in the wanted order; equals keep that of the table. */
  page(selection: RowSelection, from: number, count: number): RowPage {
    const wanted = this.#rows.filter((row) => isWanted(row, selection));
    if (selection.order !== "arrival") {
      const sign = selection.order === "certain" ? -1 : 1;
      const certainty = ({ answer }: AnsweredRow) => answer && Math.max(...answer.probabilities);
      wanted.sort((a, b) => {
        const [first, second] = [certainty(a), certainty(b)];
        if (first === undefined || second === undefined)
          return Number(first === undefined) - Number(second === undefined);
        return sign * (first - second);
      });
    }
    return { rows: wanted.slice(from, from + count), total: wanted.length };
  }
}

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
