import { z } from "zod";
import type { SoundRecipe } from "../data/audio/augment.ts";
import type { SoundInput } from "../data/audio/clip.ts";
import type { SoundMixing } from "../data/soundBatches.ts";
import type { SpecAugment } from "../nn/specAugment.ts";
import { trainingSchema } from "./config.ts";

const count = z.number().int().min(1);
const share = z.number().min(0).max(1);
const range = z.tuple([z.number(), z.number()]).readonly();
const chance = { probability: share };

const variation = z
  .strictObject({
    speed: z.strictObject({ ...chance, factor: range }),
    shift: z.strictObject({ ...chance, samples: z.number().int().min(0) }),
    room: z.strictObject({ ...chance, seconds: range }),
    colour: z.strictObject({ ...chance, decibels: z.number() }),
    band: z.strictObject({ ...chance, low: range, high: range }),
    gain: z.strictObject({ ...chance, decibels: range }),
    noise: z.strictObject({ ...chance, snr: range }),
  })
  .partial() satisfies z.ZodType<SoundRecipe>;

const masks = z.strictObject({
  timeMasks: z.number().int().min(0),
  timeWidth: count,
  melMasks: z.number().int().min(0),
  melWidth: count,
}) satisfies z.ZodType<SpecAugment>;

/** What decides a run on recordings. */
export const soundSchema = trainingSchema.extend({
  epochs: count,
  /** What the network takes: samples a second, and how many at once. */
  input: z.strictObject({ rate: count, length: count }) satisfies z.ZodType<SoundInput>,
  recipe: variation,
  mixing: z.strictObject({ ...chance, alpha: z.number().positive() }).optional() satisfies z.ZodType<
    SoundMixing | undefined
  >,
  masks,
  /** How often the class of all other words is drawn for once that a word is, where classes are drawn alike often. */
  others: z.number().positive(),
  /** How likely a recording of other words is joined with half of any other, where there is such a class. */
  impostors: share,
  /** How likely something made up takes the place of a recording without words, where there is a class of these. */
  backgrounds: share,
});

/** Everything that decides the result of a run on recordings, beside them and the starting weights: plain JSON. */
export type SoundConfig = z.infer<typeof soundSchema>;
