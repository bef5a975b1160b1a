import { DelimitedReader, delimiterOf, TableError } from "../../engine/data/text/delimited.ts";
import { decoded, type Encoding, encodingOf } from "./decoding.ts";
import { TableFileError } from "./table-fault.ts";

/** Rows of fields, wherever they come from. */
export interface TableFile {
  readonly name: string;
  /** "lines" has one field a row. */
  readonly kind: "csv" | "tsv" | "lines" | "workbook";
  /** How its characters were written; undefined where the format itself says. */
  readonly encoding: Encoding | undefined;
  /** All rows from the first on, which may name the columns; anew at each call. Throws TableFileError. */
  rows(): AsyncGenerator<readonly string[]>;
}

/** How much of a text is looked at to tell how its fields are set apart, in characters. */
const longestHeader = 2 ** 16;

/**
 * Opens a file as a table: CSV with commas or semicolons, TSV, the first sheet of an Excel workbook, and any other
 * text as one text per line. Texts are read as they are needed; a workbook is unpacked into memory.
 *
 * @throws TableFileError where it is neither
 */
export async function openTable(file: File): Promise<TableFile> {
  const { name } = file;
  if (file.size === 0) throw new TableFileError({ kind: "empty" });
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) throw new TableFileError({ kind: "oldWorkbook" });
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) {
    const { readWorkbook } = await import("./workbook.ts");
    const sheet = await readWorkbook(await file.arrayBuffer());
    return {
      name,
      kind: "workbook",
      encoding: undefined,
      async *rows() {
        yield* sheet;
      },
    };
  }
  const encoding = await encodingOf(file);
  if (encoding === undefined) throw new TableFileError({ kind: "notText" });
  const kind = await kindOf(file, encoding);
  return { name, kind, encoding, rows: () => rowsOf(file, encoding, kind) };
}

/** A file's ending says whether it is a table; where it says nothing, a tab in the first line does. */
async function kindOf(file: File, encoding: Encoding): Promise<"csv" | "tsv" | "lines"> {
  const ending = /\.([^.]*)$/.exec(file.name)?.[1]?.toLowerCase();
  if (ending === "csv") return delimiterOf(await headerOf(file, encoding)) === "\t" ? "tsv" : "csv";
  if (ending === "tsv" || ending === "tab") return "tsv";
  return (await headerOf(file, encoding)).includes("\t") ? "tsv" : "lines";
}

async function headerOf(file: File, encoding: Encoding): Promise<string> {
  let start = "";
  for await (const piece of decoded(file, encoding)) {
    start += piece;
    if (/[\r\n]/.test(piece) || start.length > longestHeader) break;
  }
  return /^[\r\n]*([^\r\n]*)/.exec(start)![1]!;
}

async function* rowsOf(
  file: File,
  encoding: Encoding,
  kind: "csv" | "tsv" | "lines",
): AsyncGenerator<readonly string[]> {
  const delimiter = kind === "lines" ? "" : delimiterOf(await headerOf(file, encoding));
  const reader = new DelimitedReader(file.name, kind === "tsv" ? "\t" : delimiter);
  try {
    for await (const piece of decoded(file, encoding)) yield* reader.read(piece);
    yield* reader.end();
  } catch (error) {
    throw error instanceof TableError
      ? new TableFileError({ kind: error.fault, line: error.line }, error)
      : error;
  }
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((value, i) => bytes[i] === value);
