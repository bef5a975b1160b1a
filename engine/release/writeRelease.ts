import { createHash } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { NacreError } from "../errors.ts";
import { storageError, writeWhole } from "../train/writeWhole.ts";
import type { Manifest } from "./manifest.ts";

/** What a manifest says of a file. */
export const entryOf = (file: string, bytes: Uint8Array): Manifest["weights"] => ({
  file,
  bytes: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

/**
 * Writes a release: everything under a temporary name before the folder gets its own, so that nobody takes an
 * unfinished one for a release. Throws NacreError("storage").
 */
export async function writeRelease(
  folder: string,
  manifest: Manifest,
  card: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const temporary = join(dirname(folder), `.${basename(folder)}.part`);
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) await writeWhole(join(temporary, name), [bytes]);
    await writeWhole(join(temporary, "card.md"), [card]);
    await writeWhole(join(temporary, "manifest.json"), [`${JSON.stringify(manifest, null, 2)}\n`]);
    await rename(temporary, folder);
  } catch (cause) {
    throw cause instanceof NacreError ? cause : storageError(folder, cause);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
