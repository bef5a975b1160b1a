import { RATE, resample } from "./resample.ts";
import type { Sound } from "./sound.ts";

/** What a network wants of a recording; a release's manifest carries the same record. */
export interface SoundInput {
  /** Samples a second. */
  readonly rate: number;
  /** Samples that the network takes. */
  readonly length: number;
}

/** One second at 16 kHz. */
export const ONE_SECOND: SoundInput = { rate: RATE, length: RATE };

/**
 * A recording as a network's input: Float32 [length] at the network's rate, without its constant part, the middle
 * where it is longer, with as much silence on both sides where it is shorter.
 *
 * The one implementation: training, evaluation, server and browser all call it, so a recording gives the same numbers
 * everywhere.
 */
export const toClip = (sound: Sound, { rate, length }: SoundInput = ONE_SECOND): Float32Array =>
  fitLength(withoutOffset(resample(sound, rate).samples), length);

/** The middle `length` samples, or all with silence on both sides. */
export function fitLength(samples: Float32Array, length: number): Float32Array {
  const before = Math.floor((samples.length - length) / 2);
  if (before >= 0) return samples.slice(before, before + length);
  const clip = new Float32Array(length);
  clip.set(samples, -before);
  return clip;
}

/** Takes the mean away, which cheap converters add and the lowest channel would hear. */
export function withoutOffset(samples: Float32Array): Float32Array {
  let sum = 0;
  for (let t = 0; t < samples.length; t++) sum += samples[t]!;
  const offset = sum / Math.max(1, samples.length);
  return samples.map((x) => x - offset);
}
