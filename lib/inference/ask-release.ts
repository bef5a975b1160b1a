import { takes } from "../../engine/release/kinds.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import { USUAL_THRESHOLD } from "../../engine/release/wordThreshold.ts";
import { openInference } from "./client.ts";
import type { ModelClient, ModelEvents } from "./model-worker.ts";
import type { DeviceSwitches, Problem } from "./protocol.ts";
import { openSoundClient } from "./sound-client.ts";
import { openTextClient } from "./text-client.ts";

/** What one release says of one input. */
export interface ReleaseAnswer {
  /** One per class, calibrated; undefined for a long recording, in which words are looked for. */
  readonly probabilities: Float32Array | undefined;
  /** Of a long recording: classes' indices, with the second that each ends at. */
  readonly words: readonly { readonly index: number; readonly probability: number; readonly at?: number }[];
  readonly known: boolean | undefined;
  /** Reading the input, and running the network, in ms. */
  readonly readMs: number;
  readonly networkMs: number;
}

/** What came of asking; null where a text holds nothing to read. */
export type Asked = { readonly answer: ReleaseAnswer | null } | { readonly problem: Problem };

/**
 * Loads a release in a worker, asks it once and lets go of it; what this browser keeps stays as it is. Rejects with the
 * signal's reason where that ends it.
 *
 * @param input a picture or recording, or of a text its words
 */
export async function askRelease(
  manifest: Manifest,
  input: File | string,
  { switches, events, signal }: { switches: DeviceSwitches; events: ModelEvents; signal: AbortSignal },
): Promise<Asked> {
  let client: ModelClient | undefined;
  const outcome = new Promise<Asked>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    const heard: ModelEvents = {
      ...events,
      onModel(state) {
        events.onModel(state);
        if (state.phase === "failed") resolve({ problem: state.problem });
      },
    };
    const [opened, asked] = ask(manifest, input, { ...switches, passing: true }, heard, signal);
    client = opened;
    asked.then(resolve, reject);
  });
  try {
    return await outcome;
  } finally {
    client?.close();
  }
}

function ask(
  manifest: Manifest,
  input: File | string,
  switches: DeviceSwitches,
  events: ModelEvents,
  signal: AbortSignal,
): [client: ModelClient, asked: Promise<Asked>] {
  if (takes(manifest, "text")) {
    const client = openTextClient(manifest, switches, events);
    return [client, client.ask("read", { text: input as string }, { signal }).then(fromReading)];
  }
  const file = input as File;
  if (takes(manifest, "sound")) {
    const client = openSoundClient(manifest, switches, events);
    const heard = client.recognise(file, file.name, { signal }).then((outcome): Asked => {
      if (outcome.kind === "problem") return outcome;
      const { probabilities, words, readMs, networkMs } = outcome.answer;
      const threshold = manifest.known?.threshold ?? USUAL_THRESHOLD;
      const known = words.some(({ probability, at }) => at !== undefined || probability >= threshold);
      return { answer: { probabilities, words, known, readMs, networkMs } };
    });
    return [client, heard];
  }
  const client = openInference(manifest, switches, events);
  const seen = client.ask(file, file.name, { signal }).then((outcome): Asked => {
    if (outcome.kind === "problem") return outcome;
    const { probabilities, known, readMs, networkMs } = outcome.answer;
    return { answer: { probabilities, words: [], known, readMs, networkMs } };
  });
  return [client, seen];
}

function fromReading(
  reading: {
    opinion: { probabilities: Float32Array; known: boolean };
    totalMs: number;
    networkMs: number;
  } | null,
): Asked {
  if (reading === null) return { answer: null };
  const { opinion, totalMs, networkMs } = reading;
  const { probabilities, known } = opinion;
  return { answer: { probabilities, words: [], known, readMs: totalMs - networkMs, networkMs } };
}
