import type { Sound } from "../../engine/data/audio/sound.ts";
import type { SoundManifest } from "../../engine/release/manifest.ts";
import { decodeByBrowser, isWav } from "../sound/decode-by-browser.ts";
import type { Slices } from "../sound/slices.ts";
import { soundProblem } from "./problems.ts";
import type { DeviceSwitches, ModelState } from "./protocol.ts";
import type { LiveStep, SoundOutcome, SoundReport, SoundRequest } from "./sound-protocol.ts";

export interface RecogniseOptions {
  /** Ends the wait: the promise rejects with its reason, and the worker drops the recording. */
  readonly signal?: AbortSignal;
  /** How much of a long recording is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** Asks what is said in a recording: a file of any kind, or sound. `name` is how problems call it. */
export type Recognise = (
  recording: File | Sound,
  name: string,
  options?: RecogniseOptions,
) => Promise<SoundOutcome>;

/** Who hears what comes of listening. */
export interface ListenEvents {
  onSlices(slices: Slices): void;
  onStep(step: LiveStep): void;
}

/** A microphone's way to the model. */
export interface Listening {
  /** Takes the next samples, which are handed over. */
  push(samples: Float32Array<ArrayBuffer>): void;
  setThreshold(threshold: number): void;
  end(): void;
}

/** The page's end of a worker that holds one release for sound. */
export interface SoundClient {
  readonly recognise: Recognise;
  /** Begins to listen to samples of a rate; whatever was listened to before is over. */
  listen(rate: number, threshold: number, events: ListenEvents): Listening;
  pause(): void;
  resume(): void;
  /** Stops everything at once. What was asked for rejects with an AbortError, no report follows. */
  close(): void;
}

/** What the client tells unasked. */
export interface SoundClientEvents {
  onModel(state: ModelState): void;
  /** So many more bytes left the worker in request bodies. */
  onSent(bytes: number): void;
}

interface Waiting {
  resolve(outcome: SoundOutcome): void;
  reject(reason: unknown): void;
  onProgress: RecogniseOptions["onProgress"];
}

/** Starts a worker that loads the release. */
export function openSoundClient(
  manifest: SoundManifest,
  switches: DeviceSwitches,
  { onModel, onSent }: SoundClientEvents,
): SoundClient {
  const worker = new Worker(new URL("./sound-worker.ts", import.meta.url), { type: "module" });
  const post = (request: SoundRequest, transfer: Transferable[] = []) =>
    worker.postMessage(request, transfer);
  const resume = () => post({ kind: "resume" });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let listener: ListenEvents | undefined;

  worker.onmessage = ({ data: report }: MessageEvent<SoundReport>) => {
    switch (report.kind) {
      case "model":
        return onModel(report.state);
      case "sent":
        return onSent(report.bytes);
      case "slices":
        return listener?.onSlices(report.slices);
      case "heard":
        return listener?.onStep(report.heard);
      case "progress":
        return waiting.get(report.id)?.onProgress?.(report.share);
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
    async recognise(recording, name, { signal, onProgress } = {}) {
      signal?.throwIfAborted();
      let readable: Blob | Sound = recording;
      try {
        // Only a page can have other formats decoded; WAV files go to the worker as they are.
        if (recording instanceof File && !(await isWav(recording))) {
          readable = await decodeByBrowser(recording, name);
        }
      } catch (error) {
        return { kind: "problem", problem: soundProblem(error, name) };
      }
      signal?.throwIfAborted();
      const id = ++asked;
      post({ kind: "recognise", id, recording: readable, name });
      const outcome = new Promise<SoundOutcome>((resolve, reject) =>
        waiting.set(id, { resolve, reject, onProgress }),
      );
      signal?.addEventListener("abort", () => {
        if (!waiting.has(id)) return;
        post({ kind: "cancel", id });
        waiting.get(id)?.reject(signal.reason);
        waiting.delete(id);
      });
      return outcome;
    },
    listen(rate, threshold, events) {
      listener = events;
      post({ kind: "listen", rate, threshold });
      const current = () => listener === events;
      return {
        push: (samples) => current() && post({ kind: "samples", samples }, [samples.buffer]),
        setThreshold: (value) => current() && post({ kind: "threshold", threshold: value }),
        end() {
          if (!current()) return;
          listener = undefined;
          post({ kind: "hush" });
        },
      };
    },
    pause: () => post({ kind: "pause" }),
    resume,
    close() {
      removeEventListener("online", resume);
      worker.terminate();
      listener = undefined;
      const reason = new DOMException("The model was put away.", "AbortError");
      for (const { reject } of waiting.values()) reject(reason);
    },
  };
}
