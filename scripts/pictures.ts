import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { hasPictureEnding } from "../engine/data/image/pictureName.ts";

/**
 * The pictures that arguments name: a file stands for itself, whatever its ending; a folder for the pictures
 * below it, sorted by name, without hidden ones. What does not exist is returned too, so that whoever reads it
 * says so in its turn.
 */
export async function listPictures(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const isFolder = path !== "-" && (await stat(path).catch(() => undefined))?.isDirectory();
    if (isFolder) await walk(path, found);
    else found.push(path);
  }
  return found;
}

async function walk(folder: string, found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (!entries) {
    found.push(folder); // reading it as a picture will fail by its name
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, found);
    else if (hasPictureEnding(entry.name)) found.push(path);
  }
}
