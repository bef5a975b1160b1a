import type { PictureFault } from "../engine/data/image/admission.ts";
import { sniff } from "../engine/data/image/sniff.ts";

/** What a task takes. */
export type InputKind = "image" | "sound" | "text";

/** What a file holds, or why no task can ever take it. */
export type Content =
  | { readonly kind: InputKind }
  | Extract<PictureFault, { readonly kind: "empty" | "foreign" | "unknown" }>;

/** How much of a file is looked at, in bytes. */
const headBytes = 4096;

/**
 * Tells pictures, recordings and texts apart by their first bytes; only where those say nothing, by the type that
 * the browser gives. A picture in a format that is not read here is "foreign".
 */
export async function contentOf(file: Blob): Promise<Content> {
  if (file.size === 0) return { kind: "empty" };
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  if (isAudio(head)) return { kind: "sound" };
  const sniffed = sniff(head);
  if (sniffed.kind === "picture") return { kind: "image" };
  if (sniffed.kind === "foreign") return sniffed;
  if (isText(head)) return { kind: "text" };
  if (file.type.startsWith("audio/")) return { kind: "sound" };
  return { kind: file.type.startsWith("text/") || isTable(file) ? "text" : "unknown" };
}

/** The containers that recordings come in: WAV, AIFF, FLAC, Ogg, MP3 with and without a tag, M4A. */
function isAudio(head: Uint8Array): boolean {
  const ascii = (start: number, end: number) => String.fromCharCode(...head.subarray(start, end));
  if (ascii(0, 4) === "RIFF") return ascii(8, 12) === "WAVE";
  if (ascii(4, 8) === "ftyp") return ascii(8, 12) === "M4A ";
  if (["FORM", "fLaC", "OggS"].includes(ascii(0, 4)) || ascii(0, 3) === "ID3") return true;
  // ISO 11172-3 §2.4.1.3: eleven set bits, then version and layer, of which one value each is reserved.
  const [first = 0, second = 0] = head;
  const isLayer3 = (second & 0b110) === 0b010;
  return first === 0xff && (second & 0xe0) === 0xe0 && isLayer3;
}

/** A workbook, which is an archive, or a table in an encoding of its own: known by their names, as to their programs. */
function isTable(file: Blob): boolean {
  return "name" in file && /\.(xlsx?|csv|tsv|txt)$/i.test(String(file.name));
}

/** UTF-8 (RFC 3629) without control characters, or UTF-16 with its mark. The last character may be cut. */
function isText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
  } catch {
    return false;
  }
}
