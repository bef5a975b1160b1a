import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { storageError, writeWhole } from "../../../engine/train/writeWhole.ts";
import type { InputKind } from "../../content.ts";
import type { ClassOrNone } from "../../corrections/correction.ts";
import { dataFolder } from "../data-folder.ts";

/** Where things that are none of the classes lie: training passes hidden folders over. */
const NONE = ".none";

const endings: Readonly<Record<InputKind, string>> = { image: "jpg", sound: "wav", text: "tsv" };

/** Where a task's accepted corrections lie, in the layout that training reads: <class>/<hash>.<ending>. */
export const correctionsFolder = (root: string, task: string): string =>
  join(dataFolder(root), "corrections", task);

/** An item that was accepted. */
export interface AcceptedItem {
  readonly task: string;
  readonly kind: InputKind;
  readonly sha256: string;
  /** Where its bytes are. */
  readonly path: string;
  readonly accepted: ClassOrNone;
}

/**
 * Writes an item among the accepted, whole or not at all; a text as a table of one row. What lies there from a time
 * before is the same, for its name is its hash. Throws NacreError("storage").
 *
 * @returns how to take it away again
 */
export async function writeAccepted(root: string, item: AcceptedItem): Promise<() => Promise<void>> {
  const folder = join(correctionsFolder(root, item.task), item.accepted ?? NONE);
  const file = join(folder, `${item.sha256.slice(0, 32)}.${endings[item.kind]}`);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw storageError(file, cause);
  });
  const bytes = await readFile(item.path).catch((cause) => {
    throw storageError(item.path, cause);
  });
  await writeWhole(file, [
    item.kind === "text" ? `text\tlabel\n${oneLine(bytes.toString())}\t${item.accepted ?? ""}\n` : bytes,
  ]);
  return () => rm(file, { force: true });
}

/** A text as a field of a TSV file, where neither tabs nor ends of lines can stand. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
