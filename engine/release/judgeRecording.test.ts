import { expect, test } from "vitest";
import type { Sound } from "../data/audio/sound.ts";
import { judgeRecording } from "./judgeRecording.ts";
import type { SoundClassifier } from "./loadSound.ts";

const RATE = 1000;

/** Hears the word where most of a clip's energy lies about its middle. */
const classifier = {
  manifest: {
    classes: ["silence", "up"].map((id) => ({ id, en: id, zh: id })),
    input: { rate: RATE, samples: RATE, silence: "silence" },
    listening: { hop: 0.1, smoothing: 4, refractory: 0.8, threshold: 0.6 },
    temperature: 1,
  },
  classify: async (clip: Float32Array) => {
    const energy = (from: number, to: number) => clip.subarray(from, to).reduce((sum, x) => sum + x * x, 0);
    return Float32Array.of(0, energy(250, 750) > Math.max(1, energy(0, 250), energy(750, 1000)) ? 6 : -6);
  },
} as unknown as SoundClassifier;

/** Seconds of near silence with a word of a third of a second at each of these seconds. */
async function* talk(seconds: number, words: readonly number[]): AsyncGenerator<Sound> {
  const samples = Float32Array.from({ length: seconds * RATE }, (_, t) => 0.001 * Math.sin(t));
  for (const word of words) for (let t = 0; t < 300; t++) samples[word * RATE + t] = Math.sin(t / 2);
  for (let at = 0; at < samples.length; at += 77)
    yield { rate: RATE, samples: samples.subarray(at, at + 77) };
}

const heardIn = async (seconds: number, words: readonly number[]) => {
  const names: string[] = [];
  for await (const { name, answer } of judgeRecording(classifier, "talk", talk(seconds, words)))
    if (!(answer instanceof Error) && answer.known) names.push(name);
  return names;
};

test("words are heard wherever they are said, at the recording's end, too", async () => {
  expect(await heardIn(4, [1])).toHaveLength(1);
  expect(await heardIn(4, [1, 3.65])).toHaveLength(2);
  expect((await heardIn(4, [3.65])).at(-1)).toBe("talk#t=4.0");
  expect(await heardIn(4, [])).toEqual([]);
});
