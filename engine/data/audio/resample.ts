import type { Sound } from "./sound.ts";

/** The rate that networks hear at, in samples a second. */
export const RATE = 16_000;

/** Zero crossings of the sinc on each side: what the filter costs, and how steep it is. */
const CROSSINGS = 64;
/** Kaiser's β for 90 dB: 0.1102 (A − 8.7) (Kaiser 1974). */
const BETA = 0.1102 * (90 - 8.7);
/**
 * The cut-off (−6 dB) as a share of the lower of both Nyquist frequencies, so that the stop band begins right there:
 * Kaiser's transition for this length and attenuation is 8.9 % wide, half of it on either side.
 */
const CUTOFF = 0.9554;
/** Points of the kernel's table in one crossing; straight lines between them err by less than 2e-6. */
const RESOLUTION = 512;
/** Filters are kept where all phases together have no more coefficients. */
const KEPT = 1 << 18;

/**
 * Changes the sample rate, piece by piece: a windowed sinc, its window Kaiser's, below the lower of both Nyquist
 * frequencies (J. O. Smith, "Digital Audio Resampling", CCRMA; Smith and Gossett 1984). Ratios of any two whole
 * rates; one filter a phase where there are few phases.
 *
 * Tones up to 0.91 of that Nyquist frequency keep their amplitude within 0.01 dB, above it they fall by 80 dB and
 * more. Sound is silent before its first and after its last sample; T samples become ⌈T · to / from⌉, none early
 * or late. The same samples in other pieces give the same result.
 */
export class Resampler {
  /** to / from = up / down in lowest terms. */
  readonly #up: number;
  readonly #down: number;
  /** Input samples that the filter reaches to each side. */
  readonly #reach: number;
  /** Crossings for each input sample. */
  readonly #density: number;
  readonly #filters: (Float32Array | undefined)[] | undefined;
  readonly #scratch: Float32Array;
  /** Input that is still needed; its first sample is number `#start` of the whole. */
  #input: Float32Array;
  #start: number;
  #received = 0;
  #given = 0;

  /** @throws RangeError unless both rates are whole and positive */
  constructor(from: number, to: number) {
    if (!(Number.isInteger(from) && Number.isInteger(to) && from > 0 && to > 0))
      throw new RangeError(`Resampler: rates are whole numbers above 0, got ${from} and ${to}.`);
    const divisor = gcd(from, to);
    this.#up = to / divisor;
    this.#down = from / divisor;
    this.#density = CUTOFF * Math.min(1, to / from);
    this.#reach = Math.ceil(CROSSINGS / this.#density);
    this.#scratch = new Float32Array(2 * this.#reach);
    if (this.#up * this.#scratch.length <= KEPT) this.#filters = new Array(this.#up);
    this.#input = new Float32Array(this.#reach); // the silence before
    this.#start = -this.#reach;
  }

  /** Takes the next samples and gives those that can be known by now. */
  push(samples: Float32Array): Float32Array {
    this.#received += samples.length;
    this.#append(samples);
    // Sample n lies at n · down / up; its filter reaches `reach` samples beyond.
    const ready = Math.ceil(((this.#received - this.#reach) * this.#up) / this.#down);
    return this.#take(Math.max(this.#given, ready));
  }

  /** Gives the samples that are left; nothing may be pushed afterwards. */
  finish(): Float32Array {
    this.#append(new Float32Array(this.#reach + 1));
    return this.#take(Math.ceil((this.#received * this.#up) / this.#down));
  }

  #append(samples: Float32Array): void {
    const next = Math.floor((this.#given * this.#down) / this.#up) - this.#reach + 1;
    const kept = this.#input.subarray(Math.min(this.#input.length, Math.max(0, next - this.#start)));
    const joined = new Float32Array(kept.length + samples.length);
    joined.set(kept);
    joined.set(samples, kept.length);
    this.#start += this.#input.length - kept.length;
    this.#input = joined;
  }

  /** Computes the samples up to, not including, number `end`. */
  #take(end: number): Float32Array {
    const output = new Float32Array(end - this.#given);
    const input = this.#input;
    for (let i = 0; i < output.length; i++, this.#given++) {
      const place = this.#given * this.#down;
      const phase = place % this.#up;
      const filter = this.#filterAt(phase);
      const first = (place - phase) / this.#up - this.#reach + 1 - this.#start;
      let sum = 0;
      for (let k = 0; k < filter.length; k++) sum += filter[k]! * input[first + k]!;
      output[i] = sum;
    }
    return output;
  }

  /** The filter for a sample that lies phase / up behind input sample 0: tap k is for input sample k − reach + 1. */
  #filterAt(phase: number): Float32Array {
    const known = this.#filters?.[phase];
    if (known) return known;
    const filter = this.#filters ? new Float32Array(this.#scratch.length) : this.#scratch;
    for (let k = 0; k < filter.length; k++) {
      filter[k] = this.#density * kernel(this.#density * (k - this.#reach + 1 - phase / this.#up));
    }
    if (this.#filters) this.#filters[phase] = filter;
    return filter;
  }
}

/** A sound at another rate; the sound itself where it has that rate already. */
export function resample(sound: Sound, rate: number = RATE): Sound {
  if (sound.rate === rate) return sound;
  const resampler = new Resampler(sound.rate, rate);
  const most = resampler.push(sound.samples);
  const rest = resampler.finish();
  const samples = new Float32Array(most.length + rest.length);
  samples.set(most);
  samples.set(rest, most.length);
  return { samples, rate };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** sin(πx) / (πx) under the window, x in crossings; 0 from CROSSINGS on. */
function kernel(x: number): number {
  const at = Math.abs(x) * RESOLUTION;
  const i = Math.floor(at);
  table ??= kernelTable();
  return i + 1 < table.length ? table[i]! + (at - i) * (table[i + 1]! - table[i]!) : 0;
}

/** Made when first needed: half of the kernel, which is symmetric. */
let table: Float64Array | undefined;

function kernelTable(): Float64Array {
  const points = CROSSINGS * RESOLUTION;
  return Float64Array.from({ length: points + 1 }, (_, i) => {
    const x = (Math.PI * i) / RESOLUTION;
    const window = bessel0(BETA * Math.sqrt(1 - (i / points) ** 2)) / bessel0(BETA);
    return (i === 0 ? 1 : Math.sin(x) / x) * window;
  });
}

/** The modified Bessel function I₀, by its power series (Abramowitz and Stegun 9.6.12). */
function bessel0(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > 1e-16 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
