import type { SoundRecipe } from "../data/audio/augment.ts";
import { ONE_SECOND, type SoundInput } from "../data/audio/clip.ts";
import type { SoundConfig } from "./soundConfig.ts";

/** Other speakers, rooms, microphones and noises than those in the recordings: what users bring. */
const variations: SoundRecipe = {
  speed: { probability: 0.45, factor: [0.85, 1.18] },
  shift: { probability: 1, samples: 1_900 },
  room: { probability: 0.25, seconds: [0.1, 0.6] },
  colour: { probability: 0.6, decibels: 12 },
  band: { probability: 0.2, low: [60, 350], high: [2_800, 7_000] },
  gain: { probability: 0.8, decibels: [-18, 8] },
  noise: { probability: 0.7, snr: [2, 30] },
};

/** How spoken words are learnt from nothing but some hundred recordings of each. */
const fromNothing: SoundConfig = {
  network: "convgru",
  epochs: 70,
  input: ONE_SECOND,
  batch: 64,
  optimiser: { name: "adamw", weightDecay: 0.03 },
  schedule: { name: "cosine", rate: 1.6e-3, warmUp: 0.05 },
  statistics: "live",
  freeze: [],
  rates: {},
  l1: 0,
  l2: 0,
  labelSmoothing: 0.08,
  clip: 5,
  average: 0.997,
  balanced: true,
  recipe: variations,
  mixing: { probability: 0.25, alpha: 0.3 },
  masks: { timeMasks: 2, timeWidth: 18, melMasks: 2, melWidth: 7 },
  others: 4,
  impostors: 0.4,
  backgrounds: 0.6,
  seed: 1,
};

/** Steps that other words take to be learnt where the network has heard words before. */
const STEPS_FROM_WORDS = 600;

/**
 * The recipe for so many recordings of `input`'s length.
 *
 * @param trained whether the network begins with weights that have heard words
 */
export function soundRecipe(recordings: number, input: SoundInput, trained: boolean): SoundConfig {
  const few = 2 ** Math.floor(Math.log2(Math.max(1, recordings / 8)));
  const batch = Math.min(fromNothing.batch, few);
  const config = { ...fromNothing, input, batch };
  if (!trained) return config;
  const epochs = Math.ceil((STEPS_FROM_WORDS * batch) / Math.max(batch, recordings));
  return {
    ...config,
    epochs: Math.min(config.epochs, epochs),
    schedule: { name: "cosine", rate: 1e-3, warmUp: 0.1 },
    average: 0.99,
  };
}
