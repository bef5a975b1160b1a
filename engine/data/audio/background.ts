import type { Rng } from "../../random.ts";
import { filterSound } from "./acoustics.ts";
import { RATE } from "./resample.ts";

/**
 * Background that nobody recorded, `length` samples at 16 kHz: noise of a random colour that comes and goes, drops as of
 * rain, or chords as of music. What rooms sound like has more kinds than any collection of recordings; a network that
 * knows only recorded ones takes the others for words.
 */
export function madeUpBackground(length: number, rng: Rng): Float32Array {
  const parts = [noise, drops, chords].filter(() => rng.chance(0.5));
  const sound = new Float32Array(length);
  for (const part of parts.length > 0 ? parts : [noise]) {
    const loud = 10 ** (rng.uniform(-30, -6) / 20);
    const made = coloured(part(length, rng), rng);
    let peak = 1e-9;
    for (let t = 0; t < length; t++) peak = Math.max(peak, Math.abs(made[t]!));
    for (let t = 0; t < length; t++) sound[t]! += (loud * made[t]!) / peak;
  }
  return sound;
}

/** White noise whose loudness sways. */
function noise(length: number, rng: Rng): Float32Array {
  const [depth, pace, phase] = [rng.uniform(0, 0.9), rng.uniform(0.3, 6), rng.uniform(0, 2 * Math.PI)];
  return Float32Array.from(
    { length },
    (_, t) => rng.uniform(-1, 1) * (1 + depth * Math.sin((2 * Math.PI * pace * t) / RATE + phase)),
  );
}

/** Short clicks at random times, some thousand or few a second. */
function drops(length: number, rng: Rng): Float32Array {
  const sound = new Float32Array(length);
  const count = Math.round((10 ** rng.uniform(0.5, 3.3) * length) / RATE);
  const decay = Math.exp(-1 / (RATE * 10 ** rng.uniform(-3.3, -1.8)));
  for (let drop = 0; drop < count; drop++) {
    const start = rng.integer(length);
    let loud = rng.uniform() ** 3;
    for (let t = start; t < length && loud > 1e-3; t++, loud *= decay) sound[t]! += loud * rng.uniform(-1, 1);
  }
  return sound;
}

/** Semitones above the lowest note in major and minor chords and fifths. */
const CHORDS = [[0, 4, 7], [0, 3, 7], [0, 7, 12], [0]] as const;

/** Chords of tones with overtones, struck now and then and dying away. */
function chords(length: number, rng: Rng): Float32Array {
  const sound = new Float32Array(length);
  const beat = rng.uniform(0.12, 0.8) * RATE;
  const decay = Math.exp(-1 / (RATE * rng.uniform(0.1, 1.5)));
  for (let start = -rng.uniform(0, beat); start < length; start += beat) {
    const root = 55 * 2 ** (rng.integer(48) / 12);
    for (const semitones of CHORDS[rng.integer(CHORDS.length)]!) {
      for (let overtone = 1; overtone <= 5; overtone++) {
        const hertz = root * 2 ** (semitones / 12) * overtone;
        if (hertz > 0.45 * RATE) break;
        const step = (2 * Math.PI * hertz) / RATE;
        let loud = rng.uniform() / overtone;
        for (let t = Math.max(0, Math.ceil(start)); t < length && loud > 1e-3; t++, loud *= decay)
          sound[t]! += loud * Math.sin(step * (t - start));
      }
    }
  }
  return sound;
}

/** Two peaks or dips and a slope, anywhere. */
function coloured(samples: Float32Array, rng: Rng): Float32Array {
  const hertz = () => 100 * 60 ** rng.uniform();
  return filterSound(samples, [
    { kind: "peak", hertz: hertz(), decibels: rng.uniform(-12, 12) },
    { kind: "peak", hertz: hertz(), decibels: rng.uniform(-12, 12) },
    { kind: "highShelf", hertz: hertz(), decibels: rng.uniform(-24, 6) },
  ]);
}
