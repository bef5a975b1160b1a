import { readFile } from "node:fs/promises";
import { NacreError } from "../errors.ts";

/**
 * Reads a file.
 *
 * @throws NacreError "input" naming the file: not there, not readable
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The sentence for a file that the system does not let us read. */
export function unreadable(path: string, cause: unknown): NacreError {
  const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
  const why = missing ? "does not exist; check the path" : "cannot be opened; check its permissions";
  return new NacreError("input", `${path} ${why}.`, { cause });
}
