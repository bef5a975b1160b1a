import { describe, expect, test } from "vitest";
import { Rng } from "../../random.ts";
import {
  addNoise,
  amplify,
  augmentSound,
  changeSpeed,
  excerpt,
  type SoundRecipe,
  shiftTime,
} from "./augment.ts";
import { fitLength } from "./clip.ts";

const power = (samples: Float32Array): number => samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
const decibels = (ratio: number): number => 10 * Math.log10(ratio);
const white = (length: number, seed: number): Float32Array => {
  const rng = new Rng(seed);
  return Float32Array.from({ length }, () => 0.1 * rng.normal());
};

test("speed: a tone rises by the factor, and the clip is shorter by it", () => {
  const tone = (hertz: number, length: number) =>
    Float32Array.from({ length }, (_, t) => Math.sin((2 * Math.PI * hertz * t) / 16_000));
  for (const factor of [0.8, 0.93, 1.1]) {
    const fast = changeSpeed(tone(600, 3_000), factor);
    expect(fast.length).toBe(Math.ceil(3_000 / factor));
    const error = fast.map((x, t) => x - tone(600 * factor, fast.length)[t]!).subarray(500, 2_000);
    expect(decibels(power(error))).toBeLessThan(-55);
  }
});

test("shift: what was heard at t is heard at t + move, silence or the recording's rest comes in", () => {
  const samples = Float32Array.of(1, 2, 3, 4, 5, 6);
  const moved = (move: number) => [...shiftTime(fitLength(samples, 4 + 2 * Math.abs(move)), move, 4)];
  expect(moved(0)).toEqual([2, 3, 4, 5]);
  expect(moved(1)).toEqual([1, 2, 3, 4]);
  expect(moved(-3)).toEqual([5, 6, 0, 0]);
});

test("gain is in decibels of power", () => {
  const clip = white(500, 1);
  for (const gain of [-12, 0, 6])
    expect(decibels(power(amplify(clip, gain)) / power(clip))).toBeCloseTo(gain, 4);
});

describe("noise", () => {
  test("lies as many decibels below the clip as asked for", () => {
    const [clip, noise] = [white(2_000, 2), white(2_000, 3)];
    for (const snr of [-5, 0, 10, 30]) {
      const added = addNoise(clip, noise, snr).map((x, t) => x - clip[t]!);
      expect(decibels(power(clip) / power(added))).toBeCloseTo(snr, 2);
    }
  });

  test("where there is nothing to compare, the clip stays as it is", () => {
    const [clip, silence] = [white(9, 2), new Float32Array(9)];
    expect(addNoise(clip, silence, 10)).toBe(clip);
    expect(addNoise(silence, clip, 10)).toBe(silence);
  });

  test("comes from anywhere in a recording, around its end where it is short", () => {
    const noise = Float32Array.from({ length: 50 }, (_, t) => t);
    const rng = new Rng(4);
    const starts = Array.from({ length: 60 }, () => {
      const part = excerpt(noise, 20, rng);
      expect(part.every((x, i) => i === 0 || x === part[i - 1]! + 1)).toBe(true);
      return part[0]!;
    });
    expect(Math.max(...starts)).toBeGreaterThan(25);
    expect(Math.min(...starts)).toBeLessThan(5);
    const around = excerpt(noise, 120, rng);
    expect(around.every((x, i) => i === 0 || x === (around[i - 1]! + 1) % 50)).toBe(true);
  });
});

describe("a recipe", () => {
  const recipe: SoundRecipe = {
    speed: { probability: 0.5, factor: [0.9, 1.1] },
    shift: { probability: 0.8, samples: 160 },
    gain: { probability: 0.8, decibels: [-6, 6] },
    noise: { probability: 0.8, snr: [0, 20] },
  };
  const sound = white(1_500, 8);
  const vary = (seed: number) =>
    augmentSound(sound, 1_000, recipe, new Rng(seed), [white(4_000, 9), white(300, 10)]);

  test("gives the length that is wanted, the same for the same seed, another for another", () => {
    const before = sound.slice();
    for (let seed = 0; seed < 10; seed++) {
      const clip = vary(seed);
      expect(clip.length).toBe(1_000);
      expect(clip.every(Number.isFinite)).toBe(true);
      expect(vary(seed)).toEqual(clip);
    }
    expect(vary(1)).not.toEqual(vary(2));
    expect(sound).toEqual(before);
  });

  test("that is empty gives the middle", () => {
    expect(augmentSound(sound, 1_000, {}, new Rng(1))).toEqual(fitLength(sound, 1_000));
  });
});
