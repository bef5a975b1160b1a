import { z } from "zod";
import { NacreError } from "../errors.ts";
import { adagrad, adam, adamW, type Optimiser, rmsprop, sgd } from "../optim/optimiser.ts";
import { constantRate, cosineDecay, oneCycle, type Schedule, stepDecay, warmUp } from "../optim/schedule.ts";
import { belongsTo } from "./weights.ts";

const count = z.number().int().min(1);
const positive = z.number().positive();
const share = z.number().min(0).max(1);

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

/** What decides a run of any kind. */
export const trainingSchema = z.strictObject({
  /** By its name in `engine/networks`. */
  network: z.string(),
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
  /** Below 2^30. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 30 - 1),
});

/** What decides a run's result beside its data and starting weights, as far as runs of all kinds have it: plain JSON. */
export type TrainingConfig = z.infer<typeof trainingSchema>;

/**
 * Reads a configuration.
 *
 * @param schema of the kind of run
 * @param where what to call it in errors
 * @throws NacreError("usage") naming the first field that is wrong
 */
export function parseConfig<Config>(schema: z.ZodType<Config>, value: unknown, where: string): Config {
  const parsed = schema.safeParse(value);
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

/** The rate of a parameter relative to the schedule's. */
export function rateOf({ rates }: TrainingConfig, name: string): number {
  const parts = Object.keys(rates).filter((part) => belongsTo(part, name));
  const longest = parts.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? 1 : rates[longest]!;
}
