import { z } from "zod";
import type { AugmentationRecipe } from "../data/image/augment.ts";
import type { Mixing } from "../data/mixing.ts";
import { NacreError } from "../errors.ts";
import { adagrad, adam, adamW, type Optimiser, rmsprop, sgd } from "../optim/optimiser.ts";
import { constantRate, cosineDecay, oneCycle, type Schedule, stepDecay, warmUp } from "../optim/schedule.ts";
import { belongsTo } from "./weights.ts";

const count = z.number().int().min(1);
const positive = z.number().positive();
const share = z.number().min(0).max(1);
const range = z.tuple([z.number(), z.number()]).readonly();
const chance = { probability: share };

const augmentation = z
  .strictObject({
    paste: z.strictObject({ ...chance, size: range, backgroundScale: range, backgroundBlur: range }),
    crop: z.strictObject({ scale: range, ratio: range }),
    flip: share,
    rotation: z.strictObject({ ...chance, degrees: z.number() }),
    colour: z.strictObject({
      ...chance,
      brightness: share,
      contrast: share,
      saturation: share,
      hue: share,
    }),
    grayscale: share,
    blur: z.strictObject({ ...chance, sigma: range }),
    jpeg: z.strictObject({ ...chance, quality: range }),
    erase: z.strictObject({ ...chance, area: range, ratio: range }),
  })
  .partial() satisfies z.ZodType<AugmentationRecipe>;

const mixing = z.strictObject({
  ...chance,
  mixup: z.number().min(0),
  cutmix: z.number().min(0),
}) satisfies z.ZodType<Mixing>;

const optimiser = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("sgd"), momentum: share, nesterov: z.boolean() }),
  z.strictObject({ name: z.enum(["adagrad", "rmsprop", "adam"]) }),
  z.strictObject({ name: z.literal("adamw"), weightDecay: z.number().min(0) }),
]);

const schedule = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("constant"), rate: positive }),
  /** Falls to a tenth at these shares of the run. */
  z.strictObject({ name: z.literal("step"), rate: positive, at: z.array(share).readonly() }),
  /** `warmUp` is the share of the run in which the rate grows. */
  z.strictObject({ name: z.literal("cosine"), rate: positive, warmUp: share }),
  z.strictObject({ name: z.literal("one-cycle"), rate: positive }),
]);

const configSchema = z.strictObject({
  /** By its name in `engine/networks`. */
  network: z.string(),
  /** Sides of the pictures in pixels, each for so many epochs; the last is what val is measured at. */
  sizes: z
    .array(z.strictObject({ epochs: count, size: count.multipleOf(32) }))
    .min(1)
    .readonly(),
  batch: count,
  optimiser,
  /** The rate's peak is that of one batch; lengths are those of the whole run. */
  schedule,
  /** Batch normalisation by the batch or by the statistics that the weights came with. */
  statistics: z.enum(["live", "frozen"]),
  /** Parts that stay as they are, "layer1" or "layer1.0.conv1.weight"; "backbone" is all but the head. */
  freeze: z.array(z.string()).readonly(),
  /** How fast parts learn relative to the schedule; of several the most exact counts. */
  rates: z.record(z.string(), z.number().min(0)).readonly(),
  l1: z.number().min(0),
  l2: z.number().min(0),
  labelSmoothing: share,
  /** The largest joint norm of all gradients. */
  clip: positive.optional(),
  /** Decay a step of the weights' moving average, which is what is measured and released; less in short runs. */
  average: share.optional(),
  /** Training ends after so many epochs in a row that were not better on val. */
  patience: count.optional(),
  /** Whether all classes are drawn alike often. */
  balanced: z.boolean(),
  recipe: augmentation,
  mixing: mixing.optional(),
  /** Whether the release looks at each picture's mirror image, too: more exact, in twice the time. */
  mirror: z.boolean().optional(),
  /** Below 2^30. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 30 - 1),
});

/** Everything that decides a run's result beside its data and starting weights: plain JSON. */
export type TrainingConfig = z.infer<typeof configSchema>;

/**
 * Reads a configuration.
 *
 * @param where what to call it in errors
 * @throws NacreError("usage") naming the first field that is wrong
 */
export function parseConfig(value: unknown, where: string): TrainingConfig {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new NacreError("usage", `${where}: ${path.length > 0 ? `${path.join(".")}: ` : ""}${message}.`);
}

/** The optimiser that a configuration names. */
export function optimiserOf({ optimiser }: TrainingConfig): Optimiser {
  switch (optimiser.name) {
    case "sgd":
      return sgd(optimiser);
    case "adagrad":
      return adagrad();
    case "rmsprop":
      return rmsprop();
    case "adam":
      return adam();
    case "adamw":
      return adamW(optimiser);
  }
}

/** The schedule for a run of so many steps. */
export function scheduleOf({ schedule }: TrainingConfig, steps: number): Schedule {
  switch (schedule.name) {
    case "constant":
      return constantRate(schedule.rate);
    case "step":
      return stepDecay(
        schedule.rate,
        schedule.at.map((share) => Math.round(share * steps)),
      );
    case "cosine": {
      const rising = Math.round(schedule.warmUp * steps);
      const falling = cosineDecay(schedule.rate, Math.max(1, steps - rising));
      return rising > 0 ? warmUp(rising, falling) : falling;
    }
    case "one-cycle":
      return oneCycle(schedule.rate, steps);
  }
}

/**
 * The decay of the weights' average in a run of so many steps, at most 1 − 5 / steps: a short run's average
 * must not consist of what it began with.
 */
export function averageOf({ average }: TrainingConfig, steps: number): number | undefined {
  return average === undefined ? undefined : Math.max(0, Math.min(average, 1 - 5 / steps));
}

/** How many epochs the run has. */
export const epochsOf = ({ sizes }: TrainingConfig): number =>
  sizes.reduce((sum, { epochs }) => sum + epochs, 0);

/** The side of the pictures in epoch `n`. */
export function sizeAt({ sizes }: TrainingConfig, n: number): number {
  let end = 0;
  for (const { epochs, size } of sizes) {
    end += epochs;
    if (n < end) return size;
  }
  return finalSize({ sizes });
}

/** The side of the pictures that val is measured at and that is released. */
export const finalSize = ({ sizes }: Pick<TrainingConfig, "sizes">): number => sizes.at(-1)!.size;

/** The rate of a parameter relative to the schedule's. */
export function rateOf({ rates }: TrainingConfig, name: string): number {
  const parts = Object.keys(rates).filter((part) => belongsTo(part, name));
  const longest = parts.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? 1 : rates[longest]!;
}
