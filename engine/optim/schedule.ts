import type { Value } from "../graph/value.ts";
import { add, cos, divide, greater, maximum, multiply, negate, subtract, where } from "../ops/elementwise.ts";

/** The learning rate as part of the graph: from the number of steps done (float32 scalar) to the rate. */
export type Schedule = (step: Value) => Value;

/** The same rate throughout. */
export const constantRate =
  (rate: number): Schedule =>
  (step) =>
    add(multiply(step, 0), rate);

/** Multiplies the rate by `factor` at each of the milestones, given in steps. */
export const stepDecay =
  (rate: number, milestones: readonly number[], factor = 0.1): Schedule =>
  (step) =>
    milestones.reduce(
      (value, milestone) => where(greater(step, milestone - 0.5), multiply(value, factor), value),
      constantRate(rate)(step),
    );

/** Half a cosine from `rate` to `end` over `steps` (Loshchilov and Hutter 2017, SGDR, eq. 5, without restarts). */
export const cosineDecay =
  (rate: number, steps: number, end = 0): Schedule =>
  (step) => {
    const done = minimum(divide(step, steps), 1);
    return add(multiply(add(cos(multiply(done, Math.PI)), 1), (rate - end) / 2), end);
  };

/** Grows linearly from 0 to what `schedule` gives at its beginning during the first `steps`; then follows it from there. */
export const warmUp =
  (steps: number, schedule: Schedule): Schedule =>
  (step) => {
    const share = minimum(divide(add(step, 1), steps), 1);
    return multiply(schedule(maximum(subtract(step, steps), 0)), share);
  };

/** Up along a cosine from peak / 25 for the first 30 % of the steps, down to nearly 0 for the rest (Smith and Topin 2018). */
export const oneCycle =
  (peak: number, steps: number, { rise = 0.3, start = peak / 25, end = peak / 1e4 } = {}): Schedule =>
  (step) => {
    const top = Math.max(1, Math.round(rise * steps));
    const up = cosineDecay(start, top, peak)(step);
    const down = cosineDecay(peak, Math.max(1, steps - top), end)(maximum(subtract(step, top), 0));
    return where(greater(step, top - 0.5), down, up);
  };

const minimum = (a: Value, b: number): Value => negate(maximum(negate(a), -b));
