import { NacreError } from "../../errors.ts";

/** Fields are told apart by commas, and may be in quotation marks, or by tabs, and are as they stand. */
export type Delimiter = "," | "\t";

/** No field is longer, so that a file that is no table does not fill the memory. */
const LONGEST_FIELD = 2 ** 21;

/**
 * Reads rows of fields from pieces of text: CSV as in RFC 4180, or TSV, where quotation marks mean nothing. Empty
 * lines are no rows. Holds no more than the row that it is in.
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

  /** The rows that end within this piece. Throws NacreError("input") on a field that does not end, or a quotation mark. */
  *read(piece: string): Generator<string[]> {
    for (const character of piece) {
      const newline = character === "\n" || character === "\r";
      const second = character === "\n" && this.#afterReturn;
      this.#afterReturn = character === "\r";
      if (newline && !second) this.#line++;
      if (this.#quoted === true) {
        if (character === '"') this.#quoted = "closed";
        else this.#append(character);
      } else if (character === '"' && this.#quoted === "closed") {
        this.#quoted = true;
        this.#append(character);
      } else if (character === '"' && this.#delimiter === "," && this.#field === "" && !this.#quoted) {
        this.#quoted = true;
        this.#opened = this.#line;
      } else if (character === this.#delimiter) this.#endField();
      else if (!newline) this.#append(character);
      else if (!second) yield* this.#endRow();
    }
  }

  /** The last row, where no end of line follows it. Throws NacreError("input") on a quotation mark that is not closed. */
  *end(): Generator<string[]> {
    if (this.#quoted === true) throw this.#unclosed();
    yield* this.#endRow();
  }

  #append(character: string): void {
    this.#field += character;
    if (this.#field.length <= LONGEST_FIELD) return;
    if (this.#quoted === true) throw this.#unclosed();
    throw new NacreError(
      "input",
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

  #unclosed(): NacreError {
    return new NacreError(
      "input",
      `${this.#name}: the quotation mark in line ${this.#opened} is never closed; close it, or double it if it belongs to the text.`,
    );
  }
}

/** How a table's fields are told apart, by its header line. */
export const delimiterOf = (header: string): Delimiter => (header.includes("\t") ? "\t" : ",");
