import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { answersTo, listeningCurve } from "./measureListening.ts";
import { noiseStream, practiceStream, spokenPart } from "./practice.ts";

const rate = 1_000;
const listening = { hop: 0.1, smoothing: 2, refractory: 0.8, threshold: 0.5 };

/** Half a second of a tone within a second; its pitch is the word. */
const word = (label: number) => {
  const samples = new Float32Array(rate);
  for (let t = 0; t < 500; t++) samples[250 + t] = Math.sin(t * (label === 1 ? 0.3 : 1.2));
  return { samples, label };
};
const noise = Float32Array.from({ length: 3_000 }, (_, i) => 0.1 * new Rng(i).normal());

test("the spoken part of a clip is found, and all of a clip without a pause", () => {
  expect(spokenPart(word(1).samples, rate)).toEqual({ first: 240, last: 760 });
  expect(spokenPart(noise, rate)).toEqual({ first: 0, last: 3_000 });
});

test("words lie where the stream says, in noise as far below them as was asked", () => {
  const clips = [word(1), word(2), word(1)];
  const options = { clips, noises: [noise], rate, every: [2, 3], snr: [10, 10], rng: new Rng(3) } as const;
  const { samples, words } = practiceStream(options);
  expect(practiceStream({ ...options, rng: new Rng(3) }).samples).toEqual(samples);
  expect(words.map(({ label }) => label)).toEqual([1, 2, 1]);
  const power = (from: number, to: number) => {
    const part = samples.subarray(Math.round(from * rate), Math.round(to * rate));
    return part.reduce((sum, x) => sum + x * x, 0) / part.length;
  };
  for (const { start, end } of words) {
    const inside = power(start + 0.02, end - 0.02);
    const around = power(end + 0.05, end + 0.2);
    expect(Math.abs(10 * Math.log10(inside / around - 1) - 10)).toBeLessThan(1.5);
  }
  expect(noiseStream([noise], 12, rate, new Rng(1))).toHaveLength(12_000);
});

test("the curve counts missed words, false detections and the time from a word's end", async () => {
  /** Knows a tone when it ends: it asks how many zero crossings the last half second has. */
  const classify = async (window: Float32Array) => {
    const last = window.subarray(-500);
    const loud = last.reduce((sum, x) => sum + x * x, 0) > 180;
    let crossings = 0;
    for (let t = 1; t < last.length; t++) if (last[t - 1]! < 0 !== last[t]! < 0) crossings++;
    return Float32Array.of(
      loud ? 0 : 1,
      loud && crossings < 110 ? 0.8 : 0,
      loud && crossings >= 110 ? 0.6 : 0,
    );
  };
  const options = { rate, samples: 1_000, words: [1, 2], listening, classify };
  const clips = Array.from({ length: 12 }, (_, i) => word(1 + (i % 2)));
  const stream = practiceStream({
    ...{ clips, noises: [noise], rate, rng: new Rng(1) },
    every: [2, 3],
    snr: [20, 20],
  });
  const spoken = { words: stream.words, ...(await answersTo(stream.samples, options)) };
  const silent = await answersTo(new Float32Array(60_000), options);
  const [low, middle, high] = listeningCurve(spoken, silent, options, [0.5, 0.7, 0.9]);
  expect(low).toMatchObject({ threshold: 0.5, missed: 0, falsePerHour: 0 });
  expect(Math.abs(low!.latency)).toBeLessThan(0.25);
  expect(middle!.missed).toBeCloseTo(0.5, 6);
  expect(high!.missed).toBe(1);
  const noisy = listeningCurve(spoken, spoken, options, [0.5])[0]!;
  const hours = spoken.at.at(-1)! / 3600;
  expect(noisy.falsePerHour * hours).toBeCloseTo(12, 6);
});
