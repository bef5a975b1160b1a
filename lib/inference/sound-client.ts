import type { Sound } from "../../engine/data/audio/sound.ts";
import type { SoundManifest } from "../../engine/release/manifest.ts";
import { decodeByBrowser, isWav } from "../sound/decode-by-browser.ts";
import type { Slices } from "../sound/slices.ts";
import { type ModelClient, type ModelEvents, openModelWorker } from "./model-worker.ts";
import { soundProblem } from "./problems.ts";
import type { DeviceSwitches } from "./protocol.ts";
import type { ListenReport, LiveStep, SoundOutcome, SoundRequest, SoundVerdict } from "./sound-protocol.ts";

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
export interface SoundClient extends ModelClient {
  readonly recognise: Recognise;
  /** Begins to listen to samples of a rate; whatever was listened to before is over. */
  listen(rate: number, threshold: number, events: ListenEvents): Listening;
}

/** Starts a worker that loads the release. */
export function openSoundClient(
  manifest: SoundManifest,
  switches: DeviceSwitches,
  events: ModelEvents,
): SoundClient {
  let listener: ListenEvents | undefined;
  const worker = openModelWorker<SoundManifest, SoundRequest, SoundVerdict, ListenReport>(
    new Worker(new URL("./sound-worker.ts", import.meta.url), { type: "module" }),
    manifest,
    switches,
    events,
    (report) => {
      if (report.kind === "slices") listener?.onSlices(report.slices);
      else listener?.onStep(report.heard);
    },
  );
  const { post } = worker;

  return {
    ...worker,
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
      return worker.ask<SoundOutcome>(
        (id) => ({ kind: "recognise", id, recording: readable, name }),
        (report, { resolve }) => {
          if (report.kind === "progress") onProgress?.(report.share);
          else resolve(report.outcome);
        },
        { signal },
      );
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
    close() {
      worker.close();
      listener = undefined;
    },
  };
}
