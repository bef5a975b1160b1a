import type { TableFile } from "./table-file.ts";

/** A table at first sight. */
export interface Outline {
  readonly name: string;
  readonly kind: TableFile["kind"];
  readonly encoding: TableFile["encoding"];
  /** The first rows, the one that may name the columns among them. */
  readonly first: readonly (readonly string[])[];
  /** All rows, as many. */
  readonly rows: number;
  /** The fields of the longest of the first rows. */
  readonly columns: number;
  /** Whether the first row seems to name the columns. */
  readonly header: boolean;
  /** The column that seems to hold texts. */
  readonly column: number;
}

/** How many rows are looked at. */
const seen = 20;

/** So long a field is a text and names no column, in characters. */
const longestName = 40;

/** What columns of texts are called. */
const textName =
  /^(texts?|reviews?|comments?|content|sentences?|messages?|tweets?|body|内容|文本|正文|评论|评价|评语|留言|文字)$/i;

/** Reads a table through once, and says what is in it. Throws what its rows throw. */
export async function outlineOf({ name, kind, encoding, rows }: TableFile): Promise<Outline> {
  const first: (readonly string[])[] = [];
  let count = 0;
  for await (const row of rows()) {
    if (count < seen) first.push(row);
    count++;
  }
  const columns = first.reduce((most, { length }) => Math.max(most, length), 0);
  const header = kind !== "lines" && count > 1 && namesColumns(first);
  return { name, kind, encoding, first, rows: count, columns, header, column: textColumn(first, header) };
}

/** Names are there, short, different and no numbers. One alone must be a usual one: it could be a text. */
function namesColumns([names = []]: readonly (readonly string[])[]): boolean {
  const trimmed = names.map((name) => name.trim());
  if (trimmed.length === 1) return textName.test(trimmed[0]!);
  return (
    trimmed.every((name) => name !== "" && name.length <= longestName && Number.isNaN(Number(name))) &&
    new Set(trimmed).size === trimmed.length
  );
}

/** The column that is called so, else the one with most letters. */
function textColumn(first: readonly (readonly string[])[], header: boolean): number {
  const named = header ? first[0]!.findIndex((name) => textName.test(name.trim())) : -1;
  if (named >= 0) return named;
  const letters: number[] = [];
  for (const row of first.slice(header ? 1 : 0)) {
    for (const [column, field] of row.entries()) {
      letters[column] = (letters[column] ?? 0) + (field.match(/\p{L}/gu)?.length ?? 0);
    }
  }
  return Math.max(0, letters.indexOf(Math.max(...letters)));
}
