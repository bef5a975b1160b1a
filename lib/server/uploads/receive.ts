import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { NacreError } from "../../../engine/errors.ts";
import { storageError } from "../../../engine/train/writeWhole.ts";
import { dataFolder } from "../data-folder.ts";
import { UNPACK_LIMITS, type Unpacked, unpack } from "./unpack.ts";

/** The largest zip that is taken, in bytes. */
export const MOST_ZIP_BYTES = 8e9;

/** Where zips become folders. */
export const uploadsFolder = (root: string): string => join(dataFolder(root), "uploads");

/** A zip that has become a folder on the server. */
export interface Received extends Unpacked {
  /** Its absolute path. */
  readonly folder: string;
}

/**
 * Writes a zip that is being sent to the disk, unpacks it into a folder of its own below NACRE_DATA/uploads, and
 * removes it. Whatever goes wrong, the sender going away included, leaves nothing behind.
 *
 * @param root the repository's root folder
 * @throws NacreError("input") on a zip that cannot be taken, ("storage") on a full disk
 */
export async function receiveZip(
  root: string,
  body: ReadableStream<Uint8Array>,
  limits = { ...UNPACK_LIMITS, zip: MOST_ZIP_BYTES },
): Promise<Received> {
  const uploads = uploadsFolder(root);
  const name = `${new Date().toISOString().slice(0, 10)}-${randomUUID().slice(0, 8)}`;
  const zip = join(uploads, `.${name}.zip`);
  const part = join(uploads, `.${name}`);
  const folder = join(uploads, name);
  try {
    await mkdir(part, { recursive: true, mode: 0o700 });
    await keep(body, zip, limits.zip);
    const unpacked = await unpack(zip, part, limits);
    await rename(part, folder);
    return { folder, ...unpacked };
  } catch (cause) {
    throw cause instanceof NacreError ? cause : storageError(folder, cause);
  } finally {
    for (const path of [zip, part]) await rm(path, { recursive: true, force: true });
  }
}

async function keep(body: ReadableStream<Uint8Array>, path: string, most: number): Promise<void> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _, done) {
      bytes += chunk.length;
      const tooLarge = new NacreError(
        "input",
        `The zip is larger than ${Math.round(most / 1e6)} MB, the most that is taken. Put the folder on the server instead.`,
      );
      done(bytes > most ? tooLarge : null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(body), counted, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  } catch (cause) {
    if (cause instanceof NacreError) throw cause;
    const { syscall } = cause as NodeJS.ErrnoException;
    if (syscall === "open" || syscall === "write") throw storageError(path, cause);
    throw new NacreError("input", "The zip was cut off on its way. Send it again.", { cause });
  }
}
