import { Zip, ZipPassThrough } from "fflate";
import { folderName } from "../sound/sample-archive.ts";
import type { Correction } from "./correction.ts";

/** Training passes hidden folders over: here lies what is none of the classes. */
const NONE = ".none";

/** Endings by the type of a picture; what browsers call otherwise keeps its own. */
const endings: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/gif": "gif",
  "audio/wav": "wav",
};

/**
 * Corrections of one task as a zip that is, unpacked, what training reads: <class>/<time>-<number>.<ending>, or for
 * texts corrections.tsv with the columns "text" and "label".
 */
export async function zipCorrections(corrections: readonly Correction[]): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, piece) => {
    failed ??= error;
    pieces.push(piece as Uint8Array<ArrayBuffer>);
  });
  const add = (path: string, bytes: Uint8Array) => {
    const file = new ZipPassThrough(path); // pictures and sound don't get smaller
    zip.add(file);
    file.push(bytes, true);
  };
  const rows = new Map<string, string[]>();
  for (const [number, { kind, content, said, made, name }] of corrections.entries()) {
    const folder = said === null ? NONE : folderName(said);
    if (kind === "text") {
      const table = said === null ? `${NONE}/corrections.tsv` : "corrections.tsv";
      const row = `${(await content.text()).replaceAll(/\s+/g, " ").trim()}\t${said ?? ""}`;
      rows.set(table, [...(rows.get(table) ?? ["text\tlabel"]), row]);
      continue;
    }
    const time = made.slice(0, 19).replaceAll(/[-:]/g, "");
    const ending = endings[content.type] ?? /\.(\w{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? "jpg";
    add(`${folder}/${time}-${number}.${ending}`, new Uint8Array(await content.arrayBuffer()));
  }
  for (const [path, lines] of rows) add(path, new TextEncoder().encode(`${lines.join("\n")}\n`));
  zip.end();
  if (failed !== null) throw failed;
  return new Blob(pieces, { type: "application/zip" });
}
