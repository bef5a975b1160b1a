import { NacreError } from "../../engine/errors.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { WebDevice } from "../../engine/runtime/web.ts";
import { fetchModelFile } from "./model-file.ts";
import type { Pause } from "./pause.ts";
import type { ModelState } from "./protocol.ts";
import { filesFor } from "./release-files.ts";
import type { ByteStore } from "./store.ts";

export interface DownloadOptions {
  readonly store: ByteStore;
  readonly pause: Pause;
  /** Hears "loading" with the bytes of both files together, "paused" and "interrupted". */
  readonly report: (state: ModelState) => void;
}

/** Files of a release by their names. */
export type ReleaseBytes = ReadonlyMap<string, Uint8Array>;

/** Waits between attempts at a broken connection, in ms; the last one repeats. */
const retryDelays = [1000, 2000, 4000, 8000, 15000];

/** Progress is told at most this often, in ms: nobody reads faster. */
const progressInterval = 80;

/**
 * What a device needs of a release, from the store or the server. Waits patiently through pauses and
 * broken connections; throws NacreError "weights" where the server has something else than promised.
 */
export async function downloadRelease(
  manifest: Manifest,
  device: WebDevice,
  { store, pause, report }: DownloadOptions,
): Promise<ReleaseBytes> {
  const files = filesFor(manifest, device);
  const received = files.map(() => 0);
  const sum = () => received.reduce((a, b) => a + b, 0);
  const total = files.reduce((bytes, file) => bytes + file.bytes, 0);
  let told = 0;

  function fetchOne(index: number): Promise<Uint8Array> {
    const { file, bytes, sha256 } = files[index]!;
    return fetchModelFile(
      { url: `/models/${manifest.task}/${manifest.version}/${file}`, bytes, sha256 },
      {
        store,
        signal: pause.signal,
        onProgress(count) {
          received[index] = count;
          if (performance.now() - told < progressInterval) return;
          told = performance.now();
          report({ phase: "loading", received: sum(), total });
        },
      },
    );
  }

  let attempt = 0;
  for (;;) {
    const before = sum();
    report({ phase: "loading", received: before, total });
    try {
      const bytes = new Map<string, Uint8Array>();
      for (const [i, { file }] of files.entries()) bytes.set(file, await fetchOne(i));
      return bytes;
    } catch (error) {
      if (error instanceof NacreError) throw error;
      report({ phase: pause.paused ? "paused" : "interrupted", received: sum(), total });
      attempt = sum() > before ? 0 : attempt + 1; // as long as it moves, be eager
      await pause.wait(retryDelays[Math.min(attempt, retryDelays.length - 1)]!);
    }
  }
}
