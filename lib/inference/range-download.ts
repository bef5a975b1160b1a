import { NacreError } from "../../engine/errors.ts";

/** A file of a release, as its manifest lists it, and where it is served. */
export interface ModelFile {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Asks the server for the bytes from `start` on (RFC 9110 §14), writes them into `bytes` and yields how many
 * of them are there after each piece. Begins again at the first byte where the server sends the whole file
 * instead. Nothing is asked for when nothing is missing.
 *
 * Throws NacreError "weights" if the server has no such file or sends more than promised, an AbortError on
 * abort, and a TypeError where the connection breaks or ends early.
 */
export async function* appendRest(
  file: ModelFile,
  bytes: Uint8Array,
  start: number,
  { signal, fetch }: { readonly signal: AbortSignal; readonly fetch: typeof globalThis.fetch },
): AsyncGenerator<number> {
  let received = start;
  if (received >= file.bytes) return;
  const response = await fetch(file.url, {
    signal,
    headers: received > 0 ? { Range: `bytes=${received}-`, "If-Range": `"${file.sha256}"` } : {},
    // The store keeps the file under its hash; a second copy in the browser's own cache would be waste.
    cache: "no-store",
  });
  if (response.status >= 500) throw new TypeError(`The server answered ${response.status}.`);
  if (!response.ok || response.body === null) {
    throw new NacreError(
      "weights",
      `${file.url}: the server answered ${response.status}. The release may have been replaced; load the page again.`,
    );
  }
  if (response.status !== 206) received = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (received + value.length > file.bytes) {
      await reader.cancel();
      throw new NacreError(
        "weights",
        `${file.url}: the server sends more than the ${file.bytes} bytes of the manifest. Load the page again.`,
      );
    }
    bytes.set(value, received);
    received += value.length;
    yield received;
  }
  if (received < file.bytes) throw new TypeError(`The connection ended after ${received} bytes.`);
}
