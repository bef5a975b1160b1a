import { describe, expect, test } from "vitest";
import { Rng } from "../../random.ts";
import { type Filter, filterSound, reverberate } from "./acoustics.ts";
import { madeUpBackground } from "./background.ts";
import { splice } from "./splice.ts";

const tone = (hertz: number, length = 8_000) =>
  Float32Array.from({ length }, (_, t) => Math.sin((2 * Math.PI * hertz * t) / 16_000));

/** What a filter does to a tone once it has settled, in decibels. */
function gain(filter: Filter, hertz: number): number {
  const power = (x: Float32Array) => x.subarray(4_000).reduce((sum, value) => sum + value ** 2, 0);
  const whole = tone(hertz);
  return 10 * Math.log10(power(filterSound(whole, [filter])) / power(whole));
}

describe("filters", () => {
  test("pass bands keep what they pass, lose 3 dB at their edge and 12 dB an octave beyond", () => {
    expect(gain({ kind: "lowPass", hertz: 1_000 }, 100)).toBeCloseTo(0, 1);
    expect(gain({ kind: "lowPass", hertz: 1_000 }, 1_000)).toBeCloseTo(-3.01, 1);
    expect(gain({ kind: "lowPass", hertz: 500 }, 2_000)).toBeLessThan(-23);
    expect(gain({ kind: "highPass", hertz: 1_000 }, 1_000)).toBeCloseTo(-3.01, 1);
    expect(gain({ kind: "highPass", hertz: 1_000 }, 6_000)).toBeCloseTo(0, 1);
    expect(gain({ kind: "highPass", hertz: 1_000 }, 250)).toBeLessThan(-23);
  });

  test("shelves and peaks raise by what they say, where they say", () => {
    for (const decibels of [-9, 6]) {
      expect(gain({ kind: "peak", hertz: 1_000, decibels }, 1_000)).toBeCloseTo(decibels, 1);
      expect(Math.abs(gain({ kind: "peak", hertz: 1_000, decibels }, 60))).toBeLessThan(0.1);
      expect(gain({ kind: "lowShelf", hertz: 1_000, decibels }, 60)).toBeCloseTo(decibels, 1);
      expect(Math.abs(gain({ kind: "lowShelf", hertz: 300, decibels }, 6_000))).toBeLessThan(0.1);
      expect(gain({ kind: "highShelf", hertz: 1_000, decibels }, 7_000)).toBeCloseTo(decibels, 1);
      expect(Math.abs(gain({ kind: "highShelf", hertz: 3_000, decibels }, 100))).toBeLessThan(0.1);
    }
  });
});

test("a room adds a tail that falls by 60 dB in its time, and nothing before the sound", () => {
  const click = new Float32Array(16_000);
  click[1_000] = 1;
  const heard = reverberate(click, 0.4, 0.8, new Rng(1));
  expect(heard.subarray(0, 1_032)).toEqual(click.subarray(0, 1_032));
  const energy = (from: number, to: number) =>
    heard.subarray(from, to).reduce((sum, value) => sum + value ** 2, 0);
  expect(energy(1_001, 16_000)).toBeCloseTo(0.8 ** 2, 1);
  expect(energy(1_000 + 3_400, 16_000)).toBe(0);
  expect(energy(1_001, 2_600)).toBeGreaterThan(4 * energy(2_600, 4_400));
  expect(reverberate(click, 0.4, 0.8, new Rng(1))).toEqual(heard);
});

test("a splice near the beginning of a recording does not click", () => {
  const jump = new Float32Array(400).fill(0.01).fill(0.5, 0, 100);
  const joined = splice(
    jump,
    jump.map((x) => -x),
  );
  for (let t = 1; t < 90; t++) expect(Math.abs(joined[t]! - joined[t - 1]!)).toBeLessThan(0.05);
});

test("spliced recordings hold the first word's first half and the second word's second half", () => {
  const word = (hertz: number, at: number) => {
    const recording = new Float32Array(16_000);
    recording.set(tone(hertz, 4_000), at);
    return recording;
  };
  const [low, high] = [word(200, 3_000), word(3_000, 9_000)];
  const joined = splice(low, high);
  expect(joined.length).toBeGreaterThan(9_500);
  expect(joined.subarray(0, 4_800)).toEqual(low.subarray(0, 4_800));
  expect(joined.subarray(5_010)).toEqual(high.subarray(high.length - joined.length + 5_010));
  expect(splice(new Float32Array(100), new Float32Array(50)).every((x) => x === 0)).toBe(true);
  expect(splice(new Float32Array(), low).every(Number.isFinite)).toBe(true);
});

test("made-up background is sound of every loudness, the same for the same generator", () => {
  const levels = Array.from({ length: 12 }, (_, seed) => {
    const sound = madeUpBackground(4_000, new Rng(seed));
    expect(madeUpBackground(4_000, new Rng(seed))).toEqual(sound);
    expect(sound.every(Number.isFinite)).toBe(true);
    return 10 * Math.log10(sound.reduce((sum, x) => sum + x * x, 0) / sound.length);
  });
  expect(Math.max(...levels)).toBeLessThan(-3);
  expect(Math.max(...levels) - Math.min(...levels)).toBeGreaterThan(10);
});
