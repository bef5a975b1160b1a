import type { Rng } from "../../random.ts";
import { RATE } from "./resample.ts";

/** A recursive filter of second order, y = b₀x + b₁x₁ + b₂x₂ − a₁y₁ − a₂y₂. */
interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** What a biquad does around its frequency in Hz; shelves and peaks raise by so many decibels. */
export type Filter =
  | { readonly kind: "lowPass" | "highPass"; readonly hertz: number }
  | { readonly kind: "lowShelf" | "highShelf" | "peak"; readonly hertz: number; readonly decibels: number };

/** Butterworth's quality: the steepest that does not ring. */
const QUALITY = Math.SQRT1_2;

/** The coefficients of R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients" (W3C, 2021). */
function biquad(filter: Filter, rate: number): Biquad {
  const w = (2 * Math.PI * filter.hertz) / rate;
  const [cos, alpha] = [Math.cos(w), Math.sin(w) / (2 * QUALITY)];
  const scaled = (b0: number, b1: number, b2: number, a0: number, a1: number, a2: number): Biquad => ({
    b: [b0 / a0, b1 / a0, b2 / a0],
    a: [a1 / a0, a2 / a0],
  });
  if (!("decibels" in filter)) {
    const side = filter.kind === "lowPass" ? -1 : 1;
    const middle = 1 + side * cos;
    return scaled(middle / 2, -side * middle, middle / 2, 1 + alpha, -2 * cos, 1 - alpha);
  }
  const gain = 10 ** (filter.decibels / 40);
  if (filter.kind === "peak")
    return scaled(1 + alpha * gain, -2 * cos, 1 - alpha * gain, 1 + alpha / gain, -2 * cos, 1 - alpha / gain);
  // A high shelf is a low one with the cosine's sign turned.
  const side = filter.kind === "lowShelf" ? 1 : -1;
  const [c, root] = [side * cos, 2 * Math.sqrt(gain) * alpha];
  return scaled(
    gain * (gain + 1 - (gain - 1) * c + root),
    side * 2 * gain * (gain - 1 - (gain + 1) * c),
    gain * (gain + 1 - (gain - 1) * c - root),
    gain + 1 + (gain - 1) * c + root,
    side * -2 * (gain - 1 + (gain + 1) * c),
    gain + 1 + (gain - 1) * c - root,
  );
}

/** Passes samples through filters, one after the other; before the first sample there is silence. */
export function filterSound(samples: Float32Array, filters: readonly Filter[], rate = RATE): Float32Array {
  const result = samples.slice();
  for (const filter of filters) {
    const {
      b: [b0, b1, b2],
      a: [a1, a2],
    } = biquad(filter, rate);
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    for (let t = 0; t < result.length; t++) {
      const x = result[t]!;
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      [x2, x1, y2, y1] = [x1, x, y1, y];
      result[t] = y;
    }
  }
  return result;
}

/** Reflections that stand for a room: enough for a dense tail, few enough to add one by one. */
const REFLECTIONS = 40;

/**
 * Adds what a room throws back: reflections at random times, denser and weaker as time passes, so that the tail falls
 * by 60 dB in `seconds` (a sparse version of Moorer 1979, "About this reverberation business", p. 17). The direct sound
 * stays as it is.
 *
 * @param level how loud all reflections together are beside the direct sound, as a ratio of amplitudes
 */
export function reverberate(
  samples: Float32Array,
  seconds: number,
  level: number,
  rng: Rng,
  rate = RATE,
): Float32Array {
  const delays = Array.from({ length: REFLECTIONS }, () => 0.002 + rng.uniform() * 0.5 * seconds);
  const amplitudes = delays.map((delay) => (rng.chance(0.5) ? 1 : -1) * 10 ** ((-3 * delay) / seconds));
  const power = Math.sqrt(amplitudes.reduce((sum, amplitude) => sum + amplitude ** 2, 0));
  const result = samples.slice();
  for (const [i, delay] of delays.entries()) {
    const late = Math.round(delay * rate);
    const amplitude = (amplitudes[i]! * level) / power;
    for (let t = late; t < result.length; t++) result[t]! += amplitude * samples[t - late]!;
  }
  return result;
}
