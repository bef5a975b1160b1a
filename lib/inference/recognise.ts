import { fitLength, withoutOffset } from "../../engine/data/audio/clip.ts";
import { RATE, Resampler } from "../../engine/data/audio/resample.ts";
import type { Sound } from "../../engine/data/audio/sound.ts";
import { decodeWavPieces } from "../../engine/data/audio/wav.ts";
import { Listener, type ListenerOptions } from "../../engine/listen/listener.ts";
import { BANDS, Slicer, type Slices } from "../sound/slices.ts";
import type { HeardWord } from "../sound/table.ts";
import type { SoundAnswer } from "./sound-protocol.ts";

/** A recording up to this long, in s, is one word; in a longer one words are looked for. */
const longestWord = 2.5;

/** So much of a recording is drawn, in s. */
const drawn = 12;

interface RecogniseOptions extends ListenerOptions {
  /** The word that a clip is, by its class's index; undefined for none. */
  readonly wordOf: (probabilities: Float32Array) => number | undefined;
  /** Hears how much of the recording is done, in [0, 1], now and then; throws to end it. */
  readonly onProgress: (share: number) => void;
}

/**
 * Says what is spoken in a recording of any length, in memory that does not depend on it: a short one is one word, its
 * middle as in training; a long one is listened to like a microphone.
 *
 * @throws SoundError naming the file, and what `onProgress` throws
 */
export async function recognise(
  recording: Blob | Sound,
  name: string,
  options: RecogniseOptions,
): Promise<SoundAnswer> {
  const { classify, wordOf, onProgress } = options;
  let [networkMs, seconds, rate, received] = [0, 0, RATE, 0];
  const timed = async (clip: Float32Array) => {
    const start = performance.now();
    const probabilities = await classify(clip);
    networkMs += performance.now() - start;
    return probabilities;
  };
  const begun = performance.now();
  const beginning: Float32Array[] = [];
  const words: HeardWord[] = [];
  const listener = new Listener({ ...options, classify: timed });

  async function listen(samples: Float32Array): Promise<void> {
    for await (const { detection } of listener.push(samples)) {
      if (detection === undefined) continue;
      words.push({ index: detection.label, probability: detection.confidence, at: detection.at });
    }
  }

  /** Keeps the beginning; listens from the first sample on as soon as the recording turns out to be long. */
  async function take(samples: Float32Array): Promise<void> {
    const long = received > longestWord * RATE;
    received += samples.length;
    if (received <= drawn * RATE || beginning.length === 0) beginning.push(samples);
    if (long) await listen(samples);
    else if (received > longestWord * RATE) await listen(joined(beginning));
  }

  let resampler: Resampler | undefined;
  const pieces = recording instanceof Blob ? decodeWavPieces(recording, name) : [recording];
  for await (const piece of pieces) {
    rate = piece.rate;
    resampler ??= rate === RATE ? undefined : new Resampler(rate, RATE);
    // In portions of a second, so that progress is told and other work has its turn.
    for (let start = 0; start < piece.samples.length; start += rate) {
      const portion = piece.samples.subarray(start, start + rate);
      seconds += portion.length / rate;
      await take(resampler?.push(portion) ?? portion);
      onProgress(progressOf(recording, seconds, rate));
    }
  }
  if (resampler !== undefined) await take(resampler.finish());

  const sound = joined(beginning);
  let probabilities: Float32Array | undefined;
  if (received <= longestWord * RATE) {
    probabilities = await timed(fitLength(withoutOffset(sound), options.samples));
    const word = wordOf(probabilities);
    if (word !== undefined) words.push({ index: word, probability: probabilities[word]!, at: undefined });
  }
  const slices = slicesOf(sound.subarray(0, drawn * RATE));
  const readMs = performance.now() - begun - networkMs;
  return { probabilities, words, seconds, rate, slices, readMs, networkMs };
}

/** How much is done; of a file by its bytes, as if it were 16-bit PCM: good enough for a line that grows. */
function progressOf(recording: Blob | Sound, seconds: number, rate: number): number {
  const whole = recording instanceof Blob ? recording.size / 2 : recording.samples.length;
  return Math.min(1, (seconds * rate) / whole);
}

function slicesOf(sound: Float32Array): Slices {
  // Half a window of silence behind it, so that a short word's end is drawn as well.
  const padded = new Float32Array(sound.length + 400);
  padded.set(sound);
  const { low, high, bands, count } = new Slicer().push(padded);
  return { count, low, high, bands: bands.subarray(0, count * BANDS) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
