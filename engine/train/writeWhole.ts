import { open, rename, rm } from "node:fs/promises";
import { NacreError } from "../errors.ts";

/**
 * Writes a file under a temporary name beside `path`, flushes it to the disk, renames it. What an earlier
 * attempt left under that name is overwritten.
 *
 * @throws NacreError("storage") naming the file; the temporary one is removed
 */
export async function writeWhole(path: string, pieces: readonly (Uint8Array | string)[]): Promise<void> {
  const temporary = `${path}.part`;
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
    throw storageError(path, cause);
  }
}

/** What a person should read when a file cannot be written. */
export function storageError(path: string, cause: unknown): NacreError {
  const { code } = cause as NodeJS.ErrnoException;
  const reason =
    code === "ENOSPC" || code === "EDQUOT"
      ? "the disk is full; make room"
      : `it cannot be written (${code ?? cause}); check the folder's path and permissions`;
  return new NacreError("storage", `${path}: ${reason} and go on. Nothing that was there is lost.`, {
    cause,
  });
}
