/** From a file's bytes to text, whatever wrote it: spreadsheets in China save as GBK, some editors as UTF-16. */

/** Tried in this order. GB18030 holds GBK and GB2312. */
const encodings = ["utf-8", "gb18030"] as const;

/** How a file's characters are written. */
export type Encoding = (typeof encodings)[number] | "utf-16le" | "utf-16be";

/** A file of which a larger share are control characters is no text. A few NULs are found in texts, too. */
const mostControls = 0.01;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\0-\x08\x0e-\x1a\x1c-\x1f]/g;

/** The encoding in which the whole file is text; undefined where it is none. Reads the file without keeping it. */
export async function encodingOf(file: Blob): Promise<Encoding | undefined> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const marked =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff && "utf-16be";
  for (const encoding of marked ? ([marked] as const) : encodings)
    if (await isText(file, encoding)) return encoding;
  return undefined;
}

async function isText(file: Blob, encoding: Encoding): Promise<boolean> {
  let [all, control] = [0, 0];
  try {
    for await (const piece of decoded(file, encoding)) {
      all += piece.length;
      control += piece.match(controls)?.length ?? 0;
    }
  } catch (error) {
    if (error instanceof TypeError) return false; // Encoding, WHATWG, §7.2: how a fatal decoder tells of wrong bytes
    throw error;
  }
  return control <= all * mostControls;
}

/** A file's text in pieces. Throws a TypeError where the bytes are not of the encoding. */
export async function* decoded(file: Blob, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      yield done ? decoder.decode() : decoder.decode(value, { stream: true });
      if (done) return;
    }
  } finally {
    await reader.cancel();
  }
}
