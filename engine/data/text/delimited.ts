import { NacreError } from "../../errors.ts";

/**
 * Fields are told apart by commas or, where these belong to numbers, by semicolons, and may be in quotation marks; or
 * by tabs, and are as they stand; or a line is one field, "".
 */
export type Delimiter = "," | ";" | "\t" | "";

/** What ends a run of plain text: within quotation marks, and in tables of each kind outside of them. */
const QUOTE = /"/g;
const SPECIAL: Readonly<Record<Delimiter, RegExp>> = {
  ",": /[,"\n\r]/g,
  ";": /[;"\n\r]/g,
  "\t": /[\t\n\r]/g,
  "": /[\n\r]/g,
};

/** No field is longer, so that a file that is no table does not fill the memory. */
const LONGEST_FIELD = 2 ** 21;

/** A table that cannot be read on from a line: its quotation mark is never closed, or a field does not end. */
export class TableError extends NacreError {
  readonly fault: "quotation" | "field";
  readonly line: number;

  constructor(fault: TableError["fault"], line: number, message: string) {
    super("input", message);
    this.fault = fault;
    this.line = line;
  }
}

/**
 * Reads rows of fields from pieces of text: CSV as in RFC 4180, or TSV, where quotation marks mean nothing. Empty
 * lines are no rows. Holds no more than the row that it is in.
 *
 * Of our own, because it is one and the same in Node and in a browser's worker, fed with pieces and without Node's
 * streams, which csv-parse asks for where not all of the text is at hand; and it names the line that opened a
 * quotation mark which is never closed.
 */
export class DelimitedReader {
  readonly #name: string;
  readonly #delimiter: Delimiter;
  #row: string[] = [];
  #field = "";
  /** Whether within quotation marks; "closed" behind the second, which may be the first half of a doubled one. */
  #quoted: boolean | "closed" = false;
  #line = 1;
  #opened = 1;
  #afterReturn = false;

  /** `name` is what to call the file in errors. */
  constructor(name: string, delimiter: Delimiter) {
    this.#name = name;
    this.#delimiter = delimiter;
  }

  /** The rows that end within this piece. Throws TableError on a field that does not end, or a quotation mark. */
  *read(piece: string): Generator<string[]> {
    for (let at = 0; at < piece.length; ) {
      const special = this.#quoted === true ? QUOTE : SPECIAL[this.#delimiter];
      special.lastIndex = at;
      const end = special.exec(piece)?.index ?? piece.length;
      if (end > at) this.#append(piece.slice(at, end));
      if (end < piece.length) yield* this.#meet(piece[end]!);
      at = end + 1;
    }
  }

  /** A character that may mean something where it stands. */
  *#meet(character: string): Generator<string[]> {
    const second = character === "\n" && this.#afterReturn;
    const newline = character === "\n" || character === "\r";
    if (character === '"' && this.#quoted === true) this.#quoted = "closed";
    else if (character === '"' && this.#quoted === "closed") {
      this.#quoted = true;
      this.#append(character);
    } else if (character === '"' && this.#field === "") {
      this.#quoted = true;
      this.#opened = this.#line;
    } else if (character === this.#delimiter) this.#endField();
    else if (!newline) this.#append(character);
    else if (!second) {
      this.#line++;
      yield* this.#endRow();
    }
    this.#afterReturn = character === "\r";
  }

  /** The last row, where no end of line follows it. Throws TableError on a quotation mark that is not closed. */
  *end(): Generator<string[]> {
    if (this.#quoted === true) throw this.#unclosed();
    yield* this.#endRow();
  }

  #append(text: string): void {
    this.#afterReturn = false;
    if (this.#quoted === true) this.#line += text.split("\n").length - 1;
    this.#field += text;
    if (this.#field.length <= LONGEST_FIELD) return;
    if (this.#quoted === true) throw this.#unclosed();
    throw new TableError(
      "field",
      this.#line,
      `${this.#name}: line ${this.#line} holds a field of more than ${LONGEST_FIELD} characters; is it a table with one text a row?`,
    );
  }

  #endField(): void {
    this.#row.push(this.#field);
    this.#field = "";
    this.#quoted = false;
  }

  *#endRow(): Generator<string[]> {
    this.#endField();
    const row = this.#row;
    this.#row = [];
    if (row.length > 1 || row[0] !== "") yield row;
  }

  #unclosed(): TableError {
    return new TableError(
      "quotation",
      this.#opened,
      `${this.#name}: the quotation mark in line ${this.#opened} is never closed; close it, or double it if it belongs to the text.`,
    );
  }
}

/** How a table's fields are told apart, by its header line: semicolons where there are more of them than commas. */
export function delimiterOf(header: string): "," | ";" | "\t" {
  if (header.includes("\t")) return "\t";
  return header.split(";").length > header.split(",").length ? ";" : ",";
}
