import { readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

const DAY = 24 * 3600_000;

/**
 * The paths of those entries of a folder that nobody has written to for a day: who made them is not at it any more.
 * What the clock says will be written later was written while it was wrong: its day begins now.
 */
export async function leftBehind(folder: string): Promise<readonly string[]> {
  const now = new Date();
  const found: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const entry = await stat(path).catch(() => undefined); // another server may have removed it
    if (entry === undefined) continue;
    const age = now.getTime() - entry.mtimeMs;
    if (age > DAY) found.push(path);
    else if (age < 0) await utimes(path, now, now).catch(() => undefined);
  }
  return found;
}
