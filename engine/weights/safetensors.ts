/** The safetensors format (github.com/huggingface/safetensors, "Format"): a JSON header and the data behind it. */

import { NacreError } from "../errors.ts";
import { type StoredTensor, type StoredType, storedSizes, storedTensor } from "./stored.ts";

interface Entry {
  readonly name: string;
  readonly type: StoredType;
  readonly dims: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * The tensors of a safetensors file by name, in the order of their data; their bytes are views of `bytes`.
 * As the format demands, the data must be covered without gaps or overlaps.
 *
 * @param where what to call the file in errors.
 * @throws NacreError("weights") with one sentence on what is wrong.
 */
export function readSafetensors(bytes: Uint8Array, where: string): Map<string, StoredTensor> {
  const fail = (cause: string) =>
    new NacreError("weights", `${where} is not a sound safetensors file: ${cause}. Download it again.`);
  const { header, dataStart } = readHeader(bytes, fail);
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, value]) => readEntry(name, value, fail))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = 0;
  for (const entry of entries) {
    if (entry.begin !== end) throw fail(`"${entry.name}" does not begin where the data before it end`);
    end = entry.end;
  }
  if (dataStart + end !== bytes.length)
    throw fail(`its header speaks of ${end} bytes of data, but ${bytes.length - dataStart} are there`);
  return new Map(
    entries.map(({ name, type, dims, begin, end }) => [
      name,
      storedTensor(type, dims, bytes.subarray(dataStart + begin, dataStart + end), `${where}: "${name}"`),
    ]),
  );
}

/** The header's free texts; {} if it has none. Throws as readSafetensors does. */
export function readSafetensorsMetadata(bytes: Uint8Array, where: string): Record<string, string> {
  const fail = (cause: string) =>
    new NacreError("weights", `${where} is not a sound safetensors file: ${cause}. Download it again.`);
  const metadata = readHeader(bytes, fail).header.__metadata__ ?? {};
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === "string"))
    throw fail("its metadata are not texts");
  return metadata as Record<string, string>;
}

function readHeader(
  bytes: Uint8Array,
  fail: (cause: string) => NacreError,
): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < 8) throw fail("it is shorter than 8 bytes");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (length > bytes.length - 8) throw fail("its header is longer than the file");
  let header: unknown;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + length));
    header = JSON.parse(text);
  } catch {
    throw fail("its header is not JSON");
  }
  if (!isRecord(header)) throw fail("its header is not a JSON object");
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw fail(`its header has the key "${repeated}" twice`);
  return { header, dataStart: 8 + length };
}

function readEntry(name: string, value: unknown, fail: (cause: string) => NacreError): Entry {
  if (!isRecord(value)) throw fail(`the entry "${name}" is not an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string" || !Object.hasOwn(storedSizes, dtype))
    throw fail(`"${name}" is of the unknown type ${JSON.stringify(dtype)?.slice(0, 40)}`);
  const type = dtype as StoredType;
  if (!isSizes(shape)) throw fail(`the shape of "${name}" is not a list of whole numbers`);
  if (!isSizes(offsets) || offsets.length !== 2)
    throw fail(`the offsets of "${name}" are not two whole numbers`);
  const [begin, end] = offsets as [number, number];
  const size = shape.includes(0) ? 0 : shape.reduce((product, dim) => product * dim, storedSizes[type]);
  if (end - begin !== size)
    throw fail(`"${name}" has ${end - begin} bytes, but ${type} [${shape.join(", ")}] takes ${size}`);
  return { name, type, dims: shape, begin, end };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** The first key that one object of a valid JSON text has twice. JSON.parse would silently keep the last. */
function repeatedKey(json: string): string | undefined {
  const keys: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === "{") keys.push(new Set());
    else if (character === "}") keys.pop();
    else if (character === '"') {
      const start = at++;
      for (; json[at] !== '"'; at++) if (json[at] === "\\") at++;
      let next = at + 1;
      while (" \t\r\n".includes(json[next] ?? "")) next++;
      if (json[next] !== ":") continue;
      const key: string = JSON.parse(json.slice(start, at + 1));
      const known = keys.at(-1)!;
      if (known.has(key)) return key;
      known.add(key);
    }
  }
  return undefined;
}

/** An array to store, with its shape. */
export interface StorableTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array | BigInt64Array | Int32Array | Int8Array | Uint8Array;
}

/**
 * A safetensors file. The same tensors and metadata give the same bytes, in whatever order they come:
 * sorted by element size, widest first, then by name, every array aligned to its elements.
 *
 * @throws NacreError("weights") if a tensor's data do not fill its shape.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, StorableTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const pieces = safetensorsPieces(tensors, metadata);
  const file = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

/** The same file in pieces to be written one after the other: the header, then views of the tensors' own memory. */
export function safetensorsPieces(
  tensors: ReadonlyMap<string, StorableTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const sorted = [...tensors].sort(
    ([a, { data: x }], [b, { data: y }]) =>
      y.BYTES_PER_ELEMENT - x.BYTES_PER_ELEMENT || (a < b ? -1 : a > b ? 1 : 0),
  );
  const header = new Map<string, unknown>();
  const texts = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  if (texts.length) header.set("__metadata__", Object.fromEntries(texts));
  let offset = 0;
  for (const [name, { dims, data }] of sorted) {
    if (dims.reduce((product, dim) => product * dim, 1) !== data.length)
      throw new NacreError(
        "weights",
        `The tensor "${name}" has ${data.length} numbers, which do not fill [${dims.join(", ")}].`,
      );
    const end = offset + data.byteLength;
    header.set(name, { dtype: typeOf(data), shape: dims, data_offsets: [offset, end] });
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const length = Math.ceil(json.length / 8) * 8;
  const head = new Uint8Array(8 + length).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(json, 8);
  const views = sorted.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return [head, ...views];
}

function typeOf(data: StorableTensor["data"]): StoredType {
  if (data instanceof Float32Array) return "F32";
  if (data instanceof Float64Array) return "F64";
  if (data instanceof BigInt64Array) return "I64";
  if (data instanceof Int32Array) return "I32";
  return data instanceof Int8Array ? "I8" : "U8";
}
