import type { Rng } from "../../random.ts";
import { type Filter, filterSound, reverberate } from "./acoustics.ts";
import { fitLength } from "./clip.ts";
import { resample } from "./resample.ts";

/** Something that happens to a clip with a probability, else not at all. */
interface Chance {
  /** 0 … 1. */
  readonly probability: number;
}

type Range = readonly [low: number, high: number];

/**
 * How clips are varied in training: plain JSON, so that a checkpoint and a model card can carry it. What is left out
 * does not happen. Applied in the order of the fields. Masks over features are a layer, `specAugment`.
 */
export interface SoundRecipe {
  /** Played faster by a factor, pitch with it (Ko et al. 2015); drawn in steps of one per cent. */
  readonly speed?: Chance & { readonly factor: Range };
  /** Moved by up to this many samples either way; silence comes in. */
  readonly shift?: Chance & { readonly samples: number };
  /** In a room whose echoes fall by 60 dB in so many seconds, at most as loud as the sound itself. */
  readonly room?: Chance & { readonly seconds: Range };
  /** By a microphone of another colour: shelves and a peak, each up to so many decibels up or down. */
  readonly colour?: Chance & { readonly decibels: number };
  /** Through something that passes only the middle, such as a telephone: from … to so many Hz. */
  readonly band?: Chance & { readonly low: Range; readonly high: Range };
  /** Made louder by so many decibels. */
  readonly gain?: Chance & { readonly decibels: Range };
  /** Background noise is added, so many decibels below the clip. */
  readonly noise?: Chance & { readonly snr: Range };
}

/**
 * One random variation of a recording, `length` samples, as the recipe describes; the recording itself is not changed.
 * The same generator state gives the same samples.
 *
 * @param samples a whole recording, which may be longer than the clip that is wanted
 * @param noises recordings of background, of any length; without one nothing is added
 */
export function augmentSound(
  samples: Float32Array,
  length: number,
  recipe: SoundRecipe,
  rng: Rng,
  noises: readonly Float32Array[] = [],
): Float32Array {
  const speed = happens(recipe.speed, rng);
  const played = speed ? changeSpeed(samples, rng.uniform(...speed.factor)) : samples;
  const shift = happens(recipe.shift, rng);
  const move = shift ? Math.round(rng.uniform(-shift.samples, shift.samples)) : 0;
  let clip = shiftTime(fitLength(played, length + 2 * Math.abs(move)), move, length);
  const room = happens(recipe.room, rng);
  if (room) clip = reverberate(clip, rng.uniform(...room.seconds), rng.uniform(), rng);
  const colour = happens(recipe.colour, rng);
  if (colour) clip = filterSound(clip, microphone(colour.decibels, rng));
  const band = happens(recipe.band, rng);
  if (band) clip = filterSound(clip, passBand(band.low, band.high, rng));
  const gain = happens(recipe.gain, rng);
  if (gain) clip = amplify(clip, rng.uniform(...gain.decibels));
  const noisy = happens(recipe.noise, rng);
  if (noisy && noises.length > 0) {
    const noise = excerpt(noises[rng.integer(noises.length)]!, length, rng);
    clip = addNoise(clip, noise, rng.uniform(...noisy.snr));
  }
  return clip;
}

/** Plays a recording faster by `factor`, to the nearest per cent: T samples become ⌈T / factor⌉. */
export function changeSpeed(samples: Float32Array, factor: number): Float32Array {
  const percent = Math.round(100 * factor);
  return resample({ samples, rate: percent }, 100).samples;
}

/** The middle `length` samples of a longer stretch, taken `move` samples earlier: what is heard comes later. */
export function shiftTime(samples: Float32Array, move: number, length: number): Float32Array {
  const start = (samples.length - length) / 2 - move;
  return samples.slice(start, start + length);
}

/** Louder by so many decibels. */
export function amplify(samples: Float32Array, decibels: number): Float32Array {
  const factor = 10 ** (decibels / 20);
  return samples.map((x) => x * factor);
}

/**
 * Adds noise of the same length so that the clip's power is `snr` decibels above the noise's. A clip or a noise of
 * nothing but zeros leaves the clip as it is: there is no ratio to reach.
 */
export function addNoise(samples: Float32Array, noise: Float32Array, snr: number): Float32Array {
  const [signal, disturbance] = [energy(samples), energy(noise)];
  if (signal === 0 || disturbance === 0) return samples;
  const factor = Math.sqrt(signal / disturbance) * 10 ** (-snr / 20);
  return samples.map((x, t) => x + factor * noise[t]!);
}

/** `length` samples from anywhere in a recording, begun again from its start where it is shorter. */
export function excerpt(noise: Float32Array, length: number, rng: Rng): Float32Array {
  const start = rng.integer(Math.max(1, noise.length > length ? noise.length - length + 1 : noise.length));
  const result = new Float32Array(length);
  for (let t = 0; t < length; t++) result[t] = noise[(start + t) % noise.length]!;
  return result;
}

/** The colour of some microphone: a low shelf, a peak and a high shelf. */
function microphone(most: number, rng: Rng): Filter[] {
  const decibels = () => rng.uniform(-most, most);
  return [
    { kind: "lowShelf", hertz: logUniform([80, 500], rng), decibels: decibels() },
    { kind: "peak", hertz: logUniform([300, 4_000], rng), decibels: decibels() },
    { kind: "highShelf", hertz: logUniform([1_500, 6_000], rng), decibels: decibels() },
  ];
}

const passBand = (low: Range, high: Range, rng: Rng): Filter[] => [
  { kind: "highPass", hertz: logUniform(low, rng) },
  { kind: "lowPass", hertz: logUniform(high, rng) },
];

/** Every octave as likely as any other. */
const logUniform = ([low, high]: Range, rng: Rng): number => low * (high / low) ** rng.uniform();

function energy(samples: Float32Array): number {
  let sum = 0;
  for (let t = 0; t < samples.length; t++) sum += samples[t]! ** 2;
  return sum;
}

const happens = <T extends Chance>(step: T | undefined, rng: Rng): T | undefined =>
  step && rng.chance(step.probability) ? step : undefined;
