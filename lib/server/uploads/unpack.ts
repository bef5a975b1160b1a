import { createWriteStream } from "node:fs";
import { type FileHandle, mkdir, open, statfs } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
import { NacreError } from "../../../engine/errors.ts";
import { storageError } from "../../../engine/train/writeWhole.ts";
import { damaged, dataOf, readZipDirectory, type ZipEntry, type ZipLimits } from "./zip-directory.ts";
import { placesOf } from "./zip-places.ts";

/** How much is unpacked, in bytes where nothing else is said. */
export interface UnpackLimits extends ZipLimits {
  readonly all: number;
  readonly file: number;
  /** How many times as large as the zip all of it may be: pictures hardly shrink, and recordings not much more. */
  readonly ratio: number;
}

/** Room for every data set that somebody would send through a browser. */
export const UNPACK_LIMITS: UnpackLimits = {
  ...{ entries: 200_000, directory: 64e6, all: 16e9, file: 256e6, ratio: 50 },
};

/** What was unpacked. */
export interface Unpacked {
  readonly files: number;
  readonly leftOut: number;
}

/**
 * Unpacks the class folders of a zip into a folder that is there and empty. No file is larger than the zip's directory
 * says, whatever its bytes turn into, and all together never exceed `limits`. What fails leaves a part behind, for the
 * caller to remove.
 *
 * @throws NacreError("input") on a zip that is damaged, too large or leads elsewhere, ("storage") on a full disk
 */
export async function unpack(zip: string, folder: string, limits = UNPACK_LIMITS): Promise<Unpacked> {
  const file = await open(zip);
  try {
    const { places, leftOut } = placesOf(await readZipDirectory(file, limits));
    const { size } = await file.stat();
    const entries = places.map(({ entry }) => entry);
    expectSizes(entries, size, limits);
    await expectRoom(entries, folder);
    const made = new Set<string>();
    for (const { entry, parts } of places) {
      const path = join(folder, ...parts);
      try {
        const parent = join(path, "..");
        if (!made.has(parent)) await mkdir(parent, { recursive: true });
        made.add(parent);
        await write(file, entry, path);
      } catch (cause) {
        throw explained(path, entry, cause);
      }
    }
    return { files: places.length, leftOut };
  } finally {
    await file.close();
  }
}

function expectSizes(entries: readonly ZipEntry[], zip: number, limits: UnpackLimits): void {
  const large = entries.find(({ size }) => size > limits.file);
  if (large)
    throw new NacreError(
      "input",
      `${JSON.stringify(large.name)} in the zip is too large: ${megabytes(large.size)}, and ${megabytes(limits.file)} is the most. Leave it out, or make it smaller.`,
    );
  const all = entries.reduce((sum, { size }) => sum + size, 0);
  if (all > limits.all)
    throw new NacreError(
      "input",
      `The zip would unpack to ${megabytes(all)}, and ${megabytes(limits.all)} is the most. Put the folder on the server instead.`,
    );
  if (all > limits.ratio * zip)
    throw new NacreError(
      "input",
      `The zip would unpack to ${Math.round(all / zip)} times its size, which pictures and recordings never do. Nothing was unpacked.`,
    );
}

async function expectRoom(entries: readonly ZipEntry[], folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const all = entries.reduce((sum, { size }) => sum + size, 0);
  if (all > bavail * bsize)
    throw new NacreError(
      "storage",
      `The zip needs ${megabytes(all)} on the server, and ${megabytes(bavail * bsize)} are free. Make room and send it again.`,
    );
}

/** Writes an entry's bytes. Rejects with NacreError("input") where they are not what the directory promised. */
async function write(zip: FileHandle, entry: ZipEntry, path: string): Promise<void> {
  if (entry.method !== 0 && entry.method !== 8)
    throw new NacreError(
      "input",
      `${JSON.stringify(entry.name)} in the zip is packed in an unusual way (method ${entry.method}). Pack the folder as a plain zip.`,
    );
  const start = await dataOf(zip, entry);
  let bytes = 0;
  let crc = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      crc = crc32(chunk, crc);
      done(bytes > entry.size ? damaged() : null, chunk);
    },
  });
  const out = createWriteStream(path, { flags: "wx" });
  const packed = Readable.from(bytesOf(zip, start, entry.packed));
  if (entry.method === 0 || entry.packed === 0) await pipeline(packed, counted, out);
  else await pipeline(packed, createInflateRaw(), counted, out);
  if (bytes !== entry.size || crc !== entry.crc) throw damaged();
}

/** A piece of a file, in smaller ones. */
async function* bytesOf(file: FileHandle, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; ) {
    const piece = Buffer.alloc(Math.min(65_536, length - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, start + at);
    if (bytesRead === 0) throw damaged();
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}

function explained(path: string, entry: ZipEntry, cause: unknown): unknown {
  if (cause instanceof NacreError) return cause;
  const { code = "" } = cause as NodeJS.ErrnoException;
  if (code.startsWith("Z_")) return damaged();
  if (code === "EEXIST" || code === "ENOTDIR" || code === "EISDIR")
    return new NacreError(
      "input",
      `${JSON.stringify(entry.name)} in the zip has the name of another file or folder in it. Rename it and pack the folder anew.`,
      { cause },
    );
  return storageError(path, cause);
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
