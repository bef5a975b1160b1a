import type { PictureManifest } from "../../engine/release/manifest.ts";
import { type ModelClient, type ModelEvents, openModelWorker } from "./model-worker.ts";
import type { DeviceSwitches, Outcome, Question, Verdict } from "./protocol.ts";

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

/** The page's end of a worker that holds one release for pictures. */
export interface InferenceClient extends ModelClient {
  readonly ask: Ask;
}

/** Starts a worker that loads the release. */
export function openInference(
  manifest: PictureManifest,
  switches: DeviceSwitches,
  events: ModelEvents,
): InferenceClient {
  const worker = openModelWorker<PictureManifest, Question, Verdict>(
    new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
    manifest,
    switches,
    events,
  );
  return {
    ...worker,
    ask: (picture, name, { signal, thumbnail = false } = {}) =>
      worker.ask<Outcome>(
        (id) => ({ kind: "classify", id, picture, name, thumbnail }),
        ({ outcome }, { resolve }) => resolve(outcome),
        { signal, transfer: picture instanceof ImageBitmap ? [picture] : [] },
      ),
  };
}
