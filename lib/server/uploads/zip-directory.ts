import type { FileHandle } from "node:fs/promises";
import { NacreError } from "../../../engine/errors.ts";

/** A file or folder as a zip's central directory tells of it. Sizes are in bytes, and may be lies. */
export interface ZipEntry {
  readonly name: string;
  /** 0 is stored, 8 deflated. */
  readonly method: number;
  readonly isLocked: boolean;
  readonly isLink: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** How much a zip may hold. */
export interface ZipLimits {
  /** Files, folders and whatever else is listed. */
  readonly entries: number;
  /** Bytes of the list of entries. */
  readonly directory: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** The end record and the longest comment that may follow it. */
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;

/**
 * Lists what a zip holds (PKWARE APPNOTE 6.3.10, §4.3), by the directory at its end, which all programs go by: the
 * headers between the files may say otherwise. Of a directory that points somewhere odd nothing is believed.
 *
 * @throws NacreError("input") where the file is no zip, cut short, or holds more than `limits` allow
 */
export async function readZipDirectory(file: FileHandle, limits: ZipLimits): Promise<readonly ZipEntry[]> {
  const { size: bytes } = await file.stat();
  const { count, length, offset } = await findDirectory(file, bytes);
  if (count > limits.entries)
    throw new NacreError(
      "input",
      `The zip lists ${count} files; at most ${limits.entries} are taken. Put the folder on the server instead.`,
    );
  if (length > limits.directory || offset + length > bytes) throw damaged();
  const directory = await read(file, offset, length);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + 46 > length || directory.getUint32(at, true) !== CENTRAL) throw damaged();
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.getUint16(at + field, true));
    const next = at + 46 + name! + extra! + comment!;
    if (next > length) throw damaged();
    entries.push(entryAt(directory, at, name!, extra!));
    at = next;
  }
  expectApart(entries, offset);
  return entries;
}

/**
 * Where the packed bytes of an entry begin, after a header whose length its own fields tell (§4.3.7).
 *
 * @throws NacreError("input") where there is no such header
 */
export async function dataOf(file: FileHandle, entry: ZipEntry): Promise<number> {
  const header = await read(file, entry.offset, 30);
  if (header.getUint32(0, true) !== LOCAL) throw damaged();
  return entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
}

/** What is said of a zip that contradicts itself. */
export const damaged = (): NacreError =>
  new NacreError("input", "The zip is cut short or damaged. Pack the folder anew and send it again.");

/** The count, length and place of the central directory, from the record at the end or its 64-bit one (§4.3.14–16). */
async function findDirectory(
  file: FileHandle,
  bytes: number,
): Promise<{ count: number; length: number; offset: number }> {
  const start = Math.max(0, bytes - END_BYTES - MOST_COMMENT);
  const tail = await read(file, start, bytes - start);
  let at = tail.byteLength - END_BYTES;
  while (at >= 0 && tail.getUint32(at, true) !== END) at--;
  if (at < 0) {
    const begins = bytes >= 4 && (await read(file, 0, 4)).getUint32(0, true) === LOCAL;
    throw begins ? damaged() : new NacreError("input", "This is no zip. Pack the class folders as a .zip.");
  }
  const locator = at - 20;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR_64)
    return {
      count: tail.getUint16(at + 10, true),
      length: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    };
  const place = whole(tail, locator + 8);
  if (place + 56 > bytes) throw damaged();
  const large = await read(file, place, 56);
  if (large.getUint32(0, true) !== END_64) throw damaged();
  return { count: whole(large, 32), length: whole(large, 40), offset: whole(large, 48) };
}

function entryAt(directory: DataView, at: number, nameLength: number, extraLength: number): ZipEntry {
  const flags = directory.getUint16(at + 8, true);
  // The upper half of the attributes is a Unix mode where a Unix made the entry (§4.4.2, §4.4.15).
  const isUnix = directory.getUint8(at + 5) === 3;
  const isLink = isUnix && (directory.getUint16(at + 40, true) & 0xf000) === 0xa000;
  const bytes = new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameLength);
  const sizes = [24, 20, 42].map((field) => directory.getUint32(at + field, true));
  const [size, packed, offset] = large(directory, at + 46 + nameLength, extraLength, sizes);
  return {
    name: decodeName(bytes, (flags & 0x800) !== 0),
    method: directory.getUint16(at + 10, true),
    isLocked: (flags & 1) !== 0,
    isLink,
    crc: directory.getUint32(at + 16, true),
    packed: packed!,
    size: size!,
    offset: offset!,
  };
}

/** The sizes of which the 32-bit field is all ones stand in the extra field 1, in their order (§4.5.3). */
function large(directory: DataView, start: number, length: number, sizes: readonly number[]): number[] {
  for (let at = start; at + 4 <= start + length; at += 4 + directory.getUint16(at + 2, true)) {
    if (directory.getUint16(at, true) !== 1) continue;
    const end = Math.min(start + length, at + 4 + directory.getUint16(at + 2, true));
    let field = at + 4;
    return sizes.map((size) => {
      if (size !== 0xffffffff) return size;
      if (field + 8 > end) throw damaged();
      field += 8;
      return whole(directory, field - 8);
    });
  }
  return [...sizes];
}

/**
 * Names are UTF-8 where the entry says so (§4.4.4). Where it does not, many programs write UTF-8 all the same, and
 * Chinese Windows the code page of its own.
 */
function decodeName(bytes: Uint8Array, isUtf8: boolean): string {
  for (const encoding of isUtf8 ? ["utf-8"] : ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      // not this one
    }
  }
  throw new NacreError(
    "input",
    "The zip has file names in an unknown encoding. Rename the files to plain letters and pack them anew.",
  );
}

/** Files that share bytes make a small zip unpack to a huge one (Fifield, "A better zip bomb", WOOT 2019). */
function expectApart(entries: readonly ZipEntry[], directory: number): void {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  for (const [i, { offset, packed }] of sorted.entries()) {
    const end = sorted[i + 1]?.offset ?? directory;
    if (offset + 30 + packed > end) throw damaged();
  }
}

/** An unsigned number of 64 bits that fits into what JavaScript counts exactly. */
function whole(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw damaged();
  return value;
}

async function read(file: FileHandle, start: number, length: number): Promise<DataView> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, start + at);
    if (bytesRead === 0) throw damaged();
    at += bytesRead;
  }
  return new DataView(bytes.buffer);
}
