import { decoded, encodingOf } from "./decoding.ts";

/** What is read as one text at most, in bytes: some 800 pages. */
const mostBytes = 4e6;

/** The file is longer than what is read as one text. */
export class TooLong extends Error {
  /** In bytes. */
  readonly limit = mostBytes;
}

/** A file as one text, whatever its encoding. Throws TooLong, and a TypeError where it is no text. */
export async function readWhole(file: Blob): Promise<string> {
  if (file.size > mostBytes) throw new TooLong();
  const encoding = await encodingOf(file);
  if (encoding === undefined) throw new TypeError("The file is no text.");
  let text = "";
  for await (const piece of decoded(file, encoding)) text += piece;
  return text;
}
