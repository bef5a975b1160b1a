import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { decodeWav, encodeWav } from "../../../engine/data/audio/wav.ts";
import { type ConfusedExample, type ConfusedFile, type Confusions, sha256 } from "./record.ts";

/** Why a file is not shown: it is not where it was, or not what was measured. */
export type Missing = "gone" | "changed";

/** An example that was taken for something else, as a page shows it. */
export interface ShownExample {
  readonly probability: number;
  /** The text, where the release reads texts. */
  readonly text?: string;
  /** Else the file: its path below the data, by which hash it is asked for, and whether it can be. */
  readonly file?: { readonly path: string; readonly sha256: string; readonly missing?: Missing };
}

/** The longer side of a picture, in pixels: shown at half of that where the screen is a fine one. */
const SIDE = 640;

/** The examples of a cell, as far as they were kept, the surest answers first. */
export async function examplesOf(
  { data, examples }: Confusions,
  shown: number,
  answered: number,
): Promise<readonly ShownExample[]> {
  const found: ShownExample[] = [];
  for (const example of examples) {
    if (example.shown !== shown || example.answered !== answered) continue;
    const { probability } = example;
    if (isFile(example)) {
      const read = await readListed(data, example); // one after the other: all together may be large
      const missing = typeof read === "string" ? read : undefined;
      found.push({ probability, file: { path: example.file, sha256: example.sha256, missing } });
    } else found.push({ probability, text: example.text });
  }
  return found;
}

/**
 * A file that was taken for something else, as browsers show it: a picture as WebP and no larger than is needed, a
 * recording as WAV of 16 bits. Only what the record lists is ever read, and shown only if it is what was measured.
 *
 * @returns undefined where the record lists no file of this hash
 */
export async function openExample(
  { data, examples }: Confusions,
  kind: "image" | "sound",
  hash: string,
): Promise<{ readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> } | Missing | undefined> {
  const listed = examples.filter(isFile).find((example) => example.sha256 === hash);
  if (listed === undefined) return undefined;
  const bytes = await readListed(data, listed);
  if (typeof bytes === "string") return bytes;
  if (kind === "sound")
    return { type: "audio/wav", bytes: new Uint8Array(encodeWav(decodeWav(bytes, listed.file))) };
  const picture = sharp(bytes, { autoOrient: true })
    .resize(SIDE, SIDE, { fit: "inside", withoutEnlargement: true })
    .flatten({ background: "white" })
    .webp();
  return { type: "image/webp", bytes: new Uint8Array(await picture.toBuffer()) };
}

/** A file as it was measured, or why that is not to be had. */
async function readListed(data: string, listed: ConfusedFile): Promise<Buffer | Missing> {
  const bytes = await readFile(join(/* turbopackIgnore: true */ data, listed.file)).catch(() => undefined);
  if (bytes === undefined) return "gone";
  return sha256(bytes) === listed.sha256 ? bytes : "changed";
}

const isFile = (example: ConfusedExample): example is ConfusedFile => "file" in example;
