/** What a model says of one frame. */
export interface Glimpse {
  /** [classes], sum 1. */
  readonly probabilities: Float32Array;
  /** Whether it shows one of the classes at all; undefined where the model cannot tell. */
  readonly known: boolean | undefined;
}

/** What a live camera shows: probabilities averaged over the last frames, and the class that stands there. */
export interface Steady {
  /** [classes], sum 1. */
  readonly mean: Float32Array;
  /** The index of the class that is shown. */
  readonly shown: number;
  /** The share of the last frames that showed one of the classes, in [0, 1]. */
  readonly familiar: number;
  /** Whether that counts as one of the classes. */
  readonly known: boolean;
}

/** The share of the newest frame in the average: an older one counts half after two or three more. */
const newest = 0.25;

/** Another class has to lead by this much to take the place of the one that is shown. */
const lead = 0.15;

/** More than these shares of frames must show something known, or something unknown, to turn one into the other. */
const turn = 0.65;

/**
 * Takes one more frame into an exponential moving average. What is shown gives way only to what clearly leads, so
 * that two things that are level don't flicker.
 */
export function steady(before: Steady | undefined, { probabilities, known = true }: Glimpse): Steady {
  if (before === undefined) {
    return { mean: probabilities, shown: largest(probabilities), familiar: Number(known), known };
  }
  const mean = before.mean.map((value, i) => value + newest * (probabilities[i]! - value));
  const best = largest(mean);
  const familiar = before.familiar + newest * (Number(known) - before.familiar);
  return {
    mean,
    shown: mean[best]! - mean[before.shown]! > lead ? best : before.shown,
    familiar,
    known: before.known ? 1 - familiar <= turn : familiar > turn,
  };
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}
