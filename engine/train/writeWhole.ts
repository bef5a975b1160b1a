import { open, rename, rm } from "node:fs/promises";
import { NacreError } from "../errors.ts";

/**
 * Writes a file under a temporary name beside `path`, flushes it to the disk, renames it.
 *
 * @throws NacreError("storage") naming the file; the temporary one is removed
 */
export async function writeWhole(path: string, pieces: readonly (Uint8Array | string)[]): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    const file = await open(temporary, "w");
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    const full = (cause as NodeJS.ErrnoException).code === "ENOSPC";
    const reason = full
      ? "the disk is full; make room and resume"
      : "it cannot be written; check the folder's permissions";
    throw new NacreError("storage", `${path}: ${reason}. Nothing that was there is lost.`, { cause });
  }
}
