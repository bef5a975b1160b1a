import { LOG_MEL } from "../../engine/nn/logMel.ts";
import { melFilterBank } from "../../engine/nn/melFilterBank.ts";
import { Spectrum } from "./spectrum.ts";

/** What a picture of sound shows of so many consecutive slices of 10 ms. */
export interface Slices {
  readonly count: number;
  /** [count], the lowest and the highest sample of each. */
  readonly low: Float32Array;
  readonly high: Float32Array;
  /** [count, BANDS], how loud each band is from low to high: 0 nothing, 255 as loud as speech gets. */
  readonly bands: Uint8Array;
}

/** Bands of pitch, those that the networks hear. */
export const BANDS = LOG_MEL.mels;

/** Slices a second. */
export const SLICE_RATE = LOG_MEL.rate / LOG_MEL.hop;

/** Power with window and filter, as natural logarithms: a quiet room, and a voice close by. */
const [QUIET, LOUD] = [-5, 6];

/** Cuts sound at 16 kHz, as it comes, into slices to be drawn. */
export class Slicer {
  readonly #spectrum = new Spectrum(512);
  readonly #hann = Float64Array.from(
    { length: LOG_MEL.window },
    (_, t) => 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / LOG_MEL.window),
  );
  readonly #bank = melFilterBank(LOG_MEL, 257, LOG_MEL.rate / 512);
  readonly #frame = new Float64Array(LOG_MEL.window);
  /** The last samples, a window of them, and what is not yet in any slice. */
  #held = new Float32Array(LOG_MEL.window - LOG_MEL.hop);

  /** Takes the next samples and gives the slices that they complete. */
  push(samples: Float32Array): Slices {
    const { window, hop } = LOG_MEL;
    const held = new Float32Array(this.#held.length + samples.length);
    held.set(this.#held);
    held.set(samples, this.#held.length);
    const count = Math.max(0, Math.floor((held.length - window) / hop) + 1);
    const slices = {
      count,
      low: new Float32Array(count),
      high: new Float32Array(count),
      bands: new Uint8Array(count * BANDS),
    };
    for (let i = 0; i < count; i++) {
      const frame = held.subarray(i * hop, i * hop + window);
      const fresh = frame.subarray(window - hop);
      slices.low[i] = fresh.reduce((least, x) => Math.min(least, x), 1);
      slices.high[i] = fresh.reduce((most, x) => Math.max(most, x), -1);
      this.#hear(frame, slices.bands.subarray(i * BANDS, (i + 1) * BANDS));
    }
    this.#held = held.slice(count * hop);
    return slices;
  }

  #hear(frame: Float32Array, bands: Uint8Array): void {
    for (let t = 0; t < frame.length; t++) this.#frame[t] = frame[t]! * this.#hann[t]!;
    const power = this.#spectrum.transform(this.#frame);
    for (let band = 0; band < BANDS; band++) {
      let sum = LOG_MEL.floor;
      for (let line = 0; line < power.length; line++) sum += power[line]! * this.#bank[line * BANDS + band]!;
      const loudness = (Math.log(sum) - QUIET) / (LOUD - QUIET);
      bands[band] = Math.round(255 * Math.min(1, Math.max(0, loudness)));
    }
  }
}
