import type { AugmentationRecipe } from "../data/image/augment.ts";
import type { Mixing } from "../data/mixing.ts";
import { adagrad, adam, adamW, type Optimiser, rmsprop, sgd } from "../optim/optimiser.ts";
import { constantRate, cosineDecay, oneCycle, type Schedule, stepDecay, warmUp } from "../optim/schedule.ts";

/** Everything that decides a run's result beside its data and starting weights: plain JSON. */
export interface TrainingConfig {
  /** By its name in `engine/networks`. */
  readonly network: string;
  /** Sides of the pictures in pixels, each for so many epochs; the last is what val is measured at. */
  readonly sizes: readonly { readonly epochs: number; readonly size: number }[];
  readonly batch: number;
  readonly optimiser: OptimiserConfig;
  /** The rate's peak is that of one batch; lengths are those of the whole run. */
  readonly schedule: ScheduleConfig;
  /** Batch normalisation by the batch or by the statistics that the weights came with. */
  readonly statistics: "live" | "frozen";
  /** Parameters that stay as they are, by the beginnings of their names. */
  readonly freeze: readonly string[];
  /** How fast parameters learn relative to the schedule, by the beginnings of their names; the longest counts. */
  readonly rates: Readonly<Record<string, number>>;
  readonly l1: number;
  readonly l2: number;
  readonly labelSmoothing: number;
  /** The largest joint norm of all gradients. */
  readonly clip?: number;
  /** Decay a step of the weights' moving average, which is what is measured and released. */
  readonly average?: number;
  /** Whether all classes are drawn alike often. */
  readonly balanced: boolean;
  readonly recipe: AugmentationRecipe;
  readonly mixing?: Mixing;
  readonly seed: number;
}

export type OptimiserConfig =
  | { readonly name: "sgd"; readonly momentum: number; readonly nesterov: boolean }
  | { readonly name: "adagrad" | "rmsprop" | "adam" }
  | { readonly name: "adamw"; readonly weightDecay: number };

export type ScheduleConfig =
  | { readonly name: "constant"; readonly rate: number }
  /** Falls to a tenth at these shares of the run. */
  | { readonly name: "step"; readonly rate: number; readonly at: readonly number[] }
  | { readonly name: "cosine"; readonly rate: number; readonly warmUp: number }
  | { readonly name: "one-cycle"; readonly rate: number };

export function optimiserOf(config: OptimiserConfig): Optimiser {
  switch (config.name) {
    case "sgd":
      return sgd(config);
    case "adagrad":
      return adagrad();
    case "rmsprop":
      return rmsprop();
    case "adam":
      return adam();
    case "adamw":
      return adamW(config);
  }
}

/** The schedule for a run of so many steps. `warmUp` is the share of the run in which the rate grows. */
export function scheduleOf(config: ScheduleConfig, steps: number): Schedule {
  switch (config.name) {
    case "constant":
      return constantRate(config.rate);
    case "step":
      return stepDecay(
        config.rate,
        config.at.map((share) => Math.round(share * steps)),
      );
    case "cosine": {
      const rising = Math.round(config.warmUp * steps);
      const falling = cosineDecay(config.rate, Math.max(1, steps - rising));
      return rising > 0 ? warmUp(rising, falling) : falling;
    }
    case "one-cycle":
      return oneCycle(config.rate, steps);
  }
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
  return sizes.at(-1)!.size;
}

/** The rate of a parameter relative to the schedule's. */
export function rateOf({ rates }: TrainingConfig, name: string): number {
  const prefixes = Object.keys(rates).filter((prefix) => name.startsWith(prefix));
  const longest = prefixes.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? 1 : rates[longest]!;
}
