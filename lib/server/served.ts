import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { storageError } from "../../engine/train/writeWhole.ts";
import { dataFolder } from "./data-folder.ts";

/** The record of a task's variant: a file that holds a version, apart from all others, so that no two writers meet. */
const recordOf = (root: string, task: string, variant: string): string =>
  join(dataFolder(root), "served", task, variant);

/** The version that somebody chose to serve; undefined where the newest one is to be served. */
export async function chosenVersion(
  root: string,
  task: string,
  variant: string,
): Promise<string | undefined> {
  const text = await readFile(recordOf(root, task, variant), "utf8").catch(() => undefined);
  return text?.trim() || undefined;
}

/**
 * Chooses the version to serve, from the next request on; undefined leaves it to the newest. Whoever reads meanwhile
 * finds the old version or the new one, and of two who write at once the later wins. Throws NacreError("storage").
 */
export async function chooseVersion(
  root: string,
  task: string,
  variant: string,
  version: string | undefined,
): Promise<void> {
  const record = recordOf(root, task, variant);
  const temporary = `${record}.${randomUUID()}.part`;
  try {
    if (version === undefined) return await rm(record, { force: true });
    await mkdir(dirname(record), { recursive: true, mode: 0o700 });
    await writeFile(temporary, `${version}\n`, { flush: true });
    await rename(temporary, record);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError(record, cause);
  }
}
