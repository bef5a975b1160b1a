import type { PictureManifest } from "../../engine/release/manifest.ts";
import type { DeviceSwitches, ModelState, Outcome, Report, Request } from "./protocol.ts";

export interface AskOptions {
  /** Ends the wait: the promise rejects with its reason, and the worker drops the picture. */
  readonly signal?: AbortSignal;
  /** Whether the answer carries a small picture of it. */
  readonly thumbnail?: boolean;
}

/**
 * Asks for the answer to a picture: a file, or a camera's frame, which is handed over. `name` is how problems
 * call it. Pictures are answered in the order in which they are asked for; each that is being read takes some
 * 80 MB for 12 megapixels, so don't ask for hundreds at once. Waits as long as there is no model.
 */
export type Ask = (picture: Blob | ImageBitmap, name: string, options?: AskOptions) => Promise<Outcome>;

/** The page's end of a worker that holds one release. */
export interface InferenceClient {
  readonly ask: Ask;
  pause(): void;
  resume(): void;
  /** Stops everything at once. What was asked for rejects with an AbortError, no report follows. */
  close(): void;
}

/** What the client tells unasked. */
export interface InferenceEvents {
  onModel(state: ModelState): void;
  /** So many more bytes left the worker in request bodies. */
  onSent(bytes: number): void;
}

interface Waiting {
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

/** Starts a worker that loads the release. */
export function openInference(
  manifest: PictureManifest,
  switches: DeviceSwitches,
  { onModel, onSent }: InferenceEvents,
): InferenceClient {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const post = (request: Request, transfer: Transferable[] = []) => worker.postMessage(request, transfer);
  const resume = () => post({ kind: "resume" });
  const waiting = new Map<number, Waiting>();
  let asked = 0;

  worker.onmessage = ({ data: report }: MessageEvent<Report>) => {
    switch (report.kind) {
      case "model":
        return onModel(report.state);
      case "sent":
        return onSent(report.bytes);
      case "outcome":
        waiting.get(report.id)?.resolve(report.outcome);
        waiting.delete(report.id);
    }
  };
  // The worker's own code could not be loaded or broke: nothing in it can report that.
  worker.onerror = () => onModel({ phase: "failed", problem: { kind: "unexpected" } });
  addEventListener("online", resume);
  post({ kind: "open", manifest, switches });

  return {
    async ask(picture, name, { signal, thumbnail = false } = {}) {
      signal?.throwIfAborted();
      const id = ++asked;
      post(
        { kind: "classify", id, picture, name, thumbnail },
        picture instanceof ImageBitmap ? [picture] : [],
      );
      const outcome = new Promise<Outcome>((resolve, reject) => waiting.set(id, { resolve, reject }));
      signal?.addEventListener("abort", () => {
        if (!waiting.has(id)) return;
        post({ kind: "cancel", id });
        waiting.get(id)?.reject(signal.reason);
        waiting.delete(id);
      });
      return outcome;
    },
    pause: () => post({ kind: "pause" }),
    resume,
    close() {
      removeEventListener("online", resume);
      worker.terminate();
      const reason = new DOMException("The model was put away.", "AbortError");
      for (const { reject } of waiting.values()) reject(reason);
    },
  };
}
