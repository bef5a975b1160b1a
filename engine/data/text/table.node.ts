import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { NacreError } from "../../errors.ts";
import { DelimitedReader, delimiterOf } from "./delimited.ts";

/** What the columns of a table are called in its header line. */
export interface TextColumns {
  readonly text: string;
  /** None where nobody asks for labels. */
  readonly label?: string;
  /** Where texts come from; a table need not say. */
  readonly source?: string;
}

/** One row of a table: a text and what somebody said of it. */
export interface LabelledText {
  readonly text: string;
  /** "" where no column of labels was named. */
  readonly label: string;
  /** "" where the table does not say. */
  readonly source: string;
}

/** What texts are tried as, in this order. GB18030 holds GBK and GB2312. */
const ENCODINGS = ["utf-8", "gb18030"] as const;

/**
 * The rows of a table of texts, TSV or CSV with a header line, gzipped or not, in UTF-8, UTF-16 with its mark, or
 * GB18030. Reads as it goes, twice: first to learn the encoding. Memory does not grow with the file.
 *
 * @throws NacreError "input" naming the file, and the line where there is one, with what is wrong: it cannot be read,
 *   is no text, lacks a column, or a row is too short
 */
export async function* readTextTable(path: string, columns: TextColumns): AsyncGenerator<LabelledText> {
  let places: { text: number; label: number; source: number } | undefined;
  let count = 0;
  for await (const row of rowsOf(path, await encodingOf(path))) {
    count++;
    if (!places) {
      places = placesOf(path, row, columns);
      continue;
    }
    const { text, label, source } = places;
    if (row.length <= Math.max(text, label, source))
      throw new NacreError(
        "input",
        `${path}: row ${count} has ${row.length} fields, too few for its header; complete or remove it.`,
      );
    yield { text: row[text]!, label: row[label] ?? "", source: row[source] ?? "" };
  }
  if (!places) throw new NacreError("input", `${path} is empty; the first line must name the columns.`);
}

function placesOf(path: string, header: readonly string[], { text, label, source }: TextColumns) {
  const names = header.map((name) => name.trim());
  const place = (name: string) => {
    const at = names.indexOf(name);
    if (at >= 0) return at;
    throw new NacreError(
      "input",
      `${path} has no column "${name}". Its header names ${names.map((n) => `"${n}"`).join(", ")}; say which to take.`,
    );
  };
  return {
    text: place(text),
    label: label === undefined ? -1 : place(label),
    source: source === undefined ? -1 : names.indexOf(source),
  };
}

/**
 * The lines of a text that are not empty, each a text: a file as `readTextTable` reads it, or what a stream brings in
 * UTF-8, called `path` in errors. Throws NacreError("input") as `readTextTable` does.
 */
export async function* readTextLines(
  path: string,
  stream?: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const reader = new DelimitedReader(path, "");
  const pieces = stream ? fromUtf8(path, stream) : decoded(path, await encodingOf(path));
  for await (const piece of pieces) for (const [line] of reader.read(piece)) yield line!;
  for (const [line] of reader.end()) yield line!;
}

async function* fromUtf8(name: string, stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of stream) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new NacreError("input", `${name} is not in UTF-8; save it as a file, which may be in GBK, too.`, {
      cause,
    });
  }
}

async function* rowsOf(path: string, encoding: string): AsyncGenerator<string[]> {
  let reader: DelimitedReader | undefined;
  let start = "";
  for await (const piece of decoded(path, encoding)) {
    if (reader) {
      yield* reader.read(piece);
      continue;
    }
    // The header may come in pieces, too; it says what stands between fields.
    start += piece;
    const end = start.search(/[\r\n]/);
    if (end < 0 && start.length < 2 ** 16) continue;
    reader = new DelimitedReader(path, delimiterOf(end < 0 ? start : start.slice(0, end)));
    yield* reader.read(start);
  }
  if (!reader) {
    reader = new DelimitedReader(path, delimiterOf(start));
    yield* reader.read(start);
  }
  yield* reader.end();
}

/** The first encoding in which the whole file is text. */
async function encodingOf(path: string): Promise<string> {
  let candidates: readonly string[] = ENCODINGS;
  for await (const [first, second] of bytes(path)) {
    if (first === 0xff && second === 0xfe) candidates = ["utf-16le"];
    if (first === 0xfe && second === 0xff) candidates = ["utf-16be"];
    break;
  }
  for (const encoding of candidates) {
    try {
      for await (const _ of decoded(path, encoding));
      return encoding;
    } catch (error) {
      if (error instanceof NacreError) throw error;
    }
  }
  throw new NacreError(
    "input",
    `${path} is not whole text in UTF-8, UTF-16 or GBK; save it as UTF-8, which spreadsheets offer when they save as CSV.`,
  );
}

/** The file's text in pieces. Throws a TypeError where the bytes are not of the encoding. */
async function* decoded(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of bytes(path)) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/** The file's bytes, unpacked where they are gzip. Throws NacreError("input") where it cannot be read. */
async function* bytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    const packed = await isGzip(path);
    const file = createReadStream(path);
    // Ending the last stream early, as a reader does that has seen enough, ends the first.
    for await (const piece of packed ? pipeline(file, createGunzip(), () => {}) : file)
      yield piece as Uint8Array;
  } catch (cause) {
    throw new NacreError("input", `${path} cannot be read; is it there, whole, and a table of texts?`, {
      cause,
    });
  }
}

/** Whether the file begins as gzip does (RFC 1952, §2.3.1), whatever it is called. */
async function isGzip(path: string): Promise<boolean> {
  for await (const piece of createReadStream(path, { end: 1 })) {
    const [first, second] = piece as Uint8Array;
    return first === 0x1f && second === 0x8b;
  }
  return false;
}
