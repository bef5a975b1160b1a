import { NacreError } from "../../engine/errors.ts";
import { appendRest, type ModelFile } from "./range-download.ts";
import type { ByteStore } from "./store.ts";

export interface FetchOptions {
  readonly store: ByteStore;
  readonly signal: AbortSignal;
  /** How many bytes are here so far. */
  readonly onProgress: (received: number) => void;
  readonly fetch?: typeof fetch;
}

/** Bytes arrive at the store in parts of this size, so that a reload loses little: 1 MiB. */
export const partBytes = 2 ** 20;

/**
 * The file's bytes, proven by their sha256: from the store, or downloaded and put there.
 *
 * An interrupted download keeps its parts and goes on from them, in this visit or a later one. Bytes that
 * fail the proof are thrown away; if any of them came from the store, the file is fetched once more from
 * the start, so a damaged cache heals itself.
 *
 * Throws NacreError "weights" if what the server sends doesn't match, an AbortError on abort, and a
 * TypeError where the connection breaks.
 */
export async function fetchModelFile(
  file: ModelFile,
  options: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { store, onProgress } = options;
  const kept = await store.read(file.sha256);
  if (kept !== undefined) {
    if (await matches(kept, file)) {
      onProgress(file.bytes);
      return kept;
    }
    await store.remove(file.sha256);
  }
  const parts = partsOf(file, store);
  const bytes = new Uint8Array(file.bytes);
  let stored = await parts.restore(bytes);
  for (;;) {
    await download(file, bytes, stored, parts, options);
    if (await matches(bytes, file)) break;
    await parts.discard();
    if (stored === 0) {
      throw new NacreError(
        "weights",
        `${file.url}: what arrived is not what the manifest promises (sha256 differs). Nothing of it was used; load the page again.`,
      );
    }
    stored = 0;
  }
  await parts.discard(); // before the whole, so that a small storage need not hold both
  await store.write(file.sha256, bytes);
  return bytes;
}

/** Fills `bytes` from `start` on, keeping each whole part as it comes, and what there is when it breaks. */
async function download(
  file: ModelFile,
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  parts: Parts,
  { signal, onProgress, fetch = globalThis.fetch }: FetchOptions,
): Promise<void> {
  let received = start;
  let part = Math.floor(start / partBytes); // the one that is being filled
  try {
    for await (const progress of appendRest(file, bytes, start, { signal, fetch })) {
      if (progress < received) part = 0; // the server began again at the first byte
      received = progress;
      onProgress(received);
      for (; received >= (part + 1) * partBytes; part++) await parts.save(bytes, part, received);
    }
  } catch (error) {
    await parts.save(bytes, part, received); // even if it broke behind the last byte
    throw error;
  }
}

/** The beginning of a file in the store, in parts: number i holds the bytes from i · partBytes on. */
interface Parts {
  /** Copies what is kept to the front of `bytes` and returns how much that is. */
  restore(bytes: Uint8Array): Promise<number>;
  /** Keeps one part, of which `received` bytes from the file's start say how much is here. */
  save(bytes: Uint8Array<ArrayBuffer>, part: number, received: number): Promise<void>;
  discard(): Promise<void>;
}

function partsOf(file: ModelFile, store: ByteStore): Parts {
  const count = Math.ceil(file.bytes / partBytes);
  const key = (index: number) => `${file.sha256}.part${index}`;
  return {
    async restore(bytes) {
      let length = 0;
      for (let index = 0; index < count && length === index * partBytes; index++) {
        const part = await store.read(key(index));
        if (part === undefined || part.length > Math.min(partBytes, file.bytes - length)) break;
        bytes.set(part, length);
        length += part.length;
      }
      return length;
    },
    async save(bytes, part, received) {
      const start = part * partBytes;
      const end = Math.min(start + partBytes, received);
      if (end > start) await store.write(key(part), bytes.slice(start, end));
    },
    async discard() {
      for (let index = 0; index < count; index++) await store.remove(key(index));
    },
  };
}

async function matches(bytes: Uint8Array<ArrayBuffer>, file: ModelFile): Promise<boolean> {
  if (bytes.length !== file.bytes) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") === file.sha256;
}
