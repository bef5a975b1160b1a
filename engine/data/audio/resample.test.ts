import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rng } from "../../random.ts";
import { Resampler, resample } from "./resample.ts";

const tone = (hertz: number, rate: number, seconds: number, phase = 0): Float32Array =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, t) =>
    Math.sin((2 * Math.PI * hertz * t) / rate + phase),
  );

/** Decibels of the root mean square of `samples` relative to a full tone, away from the ends. */
function level(samples: Float32Array): number {
  const inner = samples.subarray(samples.length / 4, (3 * samples.length) / 4);
  return 10 * Math.log10(inner.reduce((sum, x) => sum + x * x, 1e-20) / inner.length / 0.5);
}

const RATES = [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000, 12_345];

describe("to 16 kHz", () => {
  test.each(RATES)(
    "from %i Hz tones below 0.91 of the lower Nyquist frequency stay what they are",
    (rate) => {
      const nyquist = Math.min(rate, 16_000) / 2;
      for (const share of [0.02, 0.3, 0.6, 0.91]) {
        const hertz = share * nyquist;
        const { samples } = resample({ samples: tone(hertz, rate, 0.08, 1), rate });
        const wanted = tone(hertz, 16_000, 0.08, 1);
        const error = samples.map((x, t) => x - (wanted[t] ?? 0));
        // Phase and frequency included: the difference from the very same tone is 60 dB below it.
        expect(level(error)).toBeLessThan(-60);
        expect(Math.abs(level(samples) - level(wanted))).toBeLessThan(0.01);
      }
    },
  );

  test.each(RATES.filter((rate) => rate > 16_000))(
    "from %i Hz tones above 8 kHz vanish, 80 dB and more",
    (rate) => {
      for (const hertz of [8_000, 8_300, 9_700, 0.99 * (rate / 2)].filter((hertz) => hertz < rate / 2)) {
        const { samples } = resample({ samples: tone(hertz, rate, 0.08), rate });
        expect(level(samples)).toBeLessThan(-80);
      }
    },
  );
});

test("from 8 kHz nothing appears above 4 kHz: images are 80 dB down", () => {
  const { samples } = resample({ samples: tone(3_500, 8_000, 0.1), rate: 8_000 });
  const image = samples.map((x, t) => x * 2 * Math.sin((2 * Math.PI * 4_500 * t) / 16_000));
  const inner = image.subarray(400, 1_200);
  expect(Math.abs(inner.reduce((sum, x) => sum + x, 0) / inner.length)).toBeLessThan(1e-4);
});

test("T samples become ⌈T · to / from⌉, in whatever pieces they come", () => {
  const rate = fc.constantFrom(8_000, 11_025, 16_001, 44_100, 48_000);
  const lengths = fc.array(fc.nat(400), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rate, rate, lengths, fc.nat(), (from, to, pieces, seed) => {
      const rng = new Rng(seed);
      const total = pieces.reduce((a, b) => a + b);
      const whole = Float32Array.from({ length: total }, () => rng.uniform(-1, 1));
      const resampler = new Resampler(from, to);
      let at = 0;
      const parts: number[] = [];
      for (const length of pieces) {
        parts.push(...resampler.push(whole.subarray(at, at + length)));
        at += length;
      }
      parts.push(...resampler.finish());
      expect(parts.length).toBe(Math.ceil((total * to) / from));
      if (from !== to)
        expect(Float32Array.from(parts)).toEqual(resample({ samples: whole, rate: from }, to).samples);
    }),
    { numRuns: 30 },
  );
});

test("is linear, and the same rate changes nothing", () => {
  const rng = new Rng(3);
  const draw = () => Float32Array.from({ length: 700 }, () => rng.uniform(-1, 1));
  const [a, b] = [draw(), draw()];
  const of = (samples: Float32Array) => resample({ samples, rate: 44_100 }).samples;
  const [left, right] = [of(a), of(b)];
  const both = of(a.map((x, i) => 0.5 * x - 2 * b[i]!));
  for (let i = 0; i < both.length; i++) expect(both[i]).toBeCloseTo(0.5 * left[i]! - 2 * right[i]!, 5);
  expect(resample({ samples: a, rate: 16_000 }).samples).toBe(a);
});

test("rates that are none are refused", () => {
  expect(() => new Resampler(0, 16_000)).toThrow("whole numbers above 0, got 0 and 16000");
  expect(() => new Resampler(44_100.5, 16_000)).toThrow("whole numbers");
});
