import { addNoise, excerpt } from "../data/audio/augment.ts";
import type { Rng } from "../random.ts";

/** A word somebody said: a clip of its own, as recorded. */
export interface SpokenClip {
  readonly samples: Float32Array;
  /** Index of its class. */
  readonly label: number;
}

/** Where a word lies in a stream, in seconds. */
export interface PlacedWord {
  readonly label: number;
  readonly start: number;
  readonly end: number;
}

/** A stream in which is known what is said. */
export interface PracticeStream {
  readonly samples: Float32Array;
  readonly words: readonly PlacedWord[];
}

/** How practice streams are made. */
export interface PracticeOptions {
  readonly clips: readonly SpokenClip[];
  /** Recordings of background; there is never silence between the words. */
  readonly noises: readonly Float32Array[];
  readonly rate: number;
  /** Seconds from the beginning of one clip to that of the next: drawn evenly from this range. */
  readonly every: readonly [number, number];
  /** Decibels that each word lies above the noise around it. */
  readonly snr: readonly [number, number];
  readonly rng: Rng;
}

/** Seconds over which a clip's own background fades in and out. */
const FADE = 0.01;

/**
 * Words of a list in order, each in background noise of its own that lasts until the next begins. The same generator
 * gives the same stream.
 */
export function practiceStream(options: PracticeOptions): PracticeStream {
  const { clips, noises, rate, every, snr, rng } = options;
  const parts: Float32Array[] = [];
  const words: PlacedWord[] = [];
  let begin = 0;
  for (const { samples, label } of clips) {
    const length = Math.max(samples.length, Math.round(rng.uniform(...every) * rate));
    const { first, last } = spokenPart(samples, rate);
    const said = new Float32Array(length);
    const at = rng.integer(length - samples.length + 1);
    said.set(faded(samples, Math.round(FADE * rate)), at);
    const noise = excerpt(noises[rng.integer(noises.length)]!, length, rng);
    // The ratio holds for the word itself, not for the pause around it.
    const spread = 10 * Math.log10(length / Math.max(1, last - first));
    parts.push(addNoise(said, noise, rng.uniform(...snr) - spread));
    words.push({ label, start: (begin + at + first) / rate, end: (begin + at + last) / rate });
    begin += length;
  }
  return { samples: joined(parts), words };
}

/** Background alone: each recording in turn, at levels between what a microphone gives and 24 dB less, for so long. */
export function noiseStream(
  noises: readonly Float32Array[],
  seconds: number,
  rate: number,
  rng: Rng,
): Float32Array {
  const samples = new Float32Array(Math.round(seconds * rate));
  for (let at = 0, turn = 0; at < samples.length; turn++) {
    const length = Math.min(samples.length - at, Math.round(rng.uniform(4, 8) * rate));
    const noise = excerpt(noises[turn % noises.length]!, length, rng);
    const gain = 10 ** (rng.uniform(-24, 0) / 20);
    samples.set(
      faded(noise, Math.round(FADE * rate)).map((x) => gain * x),
      at,
    );
    at += length;
  }
  return samples;
}

/** A frame is part of the word from so much of the loudest frame's energy on: 26 dB below. */
const SPOKEN = 0.0025;

/** The samples between which a clip's word is said: from its first to its last frame that is not mere background. */
export function spokenPart(samples: Float32Array, rate: number): { first: number; last: number } {
  const frame = Math.max(1, Math.round(0.02 * rate));
  const energies = Float64Array.from({ length: Math.ceil(samples.length / frame) }, (_, i) =>
    samples.subarray(i * frame, (i + 1) * frame).reduce((sum, x) => sum + x * x, 0),
  );
  const sorted = energies.toSorted();
  const [quiet, loud] = [sorted[Math.floor(sorted.length / 10)] ?? 0, sorted.at(-1) ?? 0];
  const threshold = Math.max(SPOKEN * loud, Math.min(4 * quiet, 0.2 * loud));
  const first = energies.findIndex((energy) => energy >= threshold);
  const last = energies.findLastIndex((energy) => energy >= threshold);
  return { first: Math.max(0, first) * frame, last: Math.min(samples.length, (last + 1) * frame) };
}

function faded(samples: Float32Array, fade: number): Float32Array {
  const { length } = samples;
  return samples.map((x, t) => x * Math.min(1, (t + 1) / fade, (length - t) / fade));
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
