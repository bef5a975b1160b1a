import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { Listener } from "./listener.ts";
import { levelOf, VoiceActivity } from "./voiceActivity.ts";
import { StreamWindows } from "./windows.ts";
import { WordDetector } from "./wordDetector.ts";

const listening = { hop: 0.1, smoothing: 3, refractory: 0.8, threshold: 0.6 };
const noise = (length: number, loud: number, seed = 1) => {
  const rng = new Rng(seed);
  return Float32Array.from({ length }, () => loud * rng.normal());
};

test("windows do not depend on the pieces in which a stream arrives", () => {
  const stream = Float32Array.from({ length: 200 }, (_, t) => t + 1);
  const whole = new StreamWindows(50, 20).push(stream);
  expect(whole.map(({ end }) => end)).toEqual([20, 40, 60, 80, 100, 120, 140, 160, 180, 200]);
  expect([...whole[0]!.samples]).toEqual([...new Float32Array(30), ...stream.subarray(0, 20)]);
  expect(whole[9]!.samples).toEqual(stream.slice(150));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 12 }), (sizes) => {
      const windows = new StreamWindows(50, 20);
      let at = 0;
      const got = [...sizes, 200].flatMap((size) => {
        const piece = stream.subarray(at, Math.min(200, at + size));
        at += piece.length;
        return windows.push(piece);
      });
      expect(got).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

/** What is heard in answers [silence, yes, no], 0.1 s apart. */
const heardIn = (answers: readonly (readonly number[])[], settings = listening) => {
  const detector = new WordDetector([1, 2], settings);
  return answers.flatMap((answer, i) => detector.push(Float32Array.from(answer), (i + 1) / 10) ?? []);
};
const [silence, yes, no] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // biome-ignore format: one-hot
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

test("a word is heard once, when the average is sure, and one window alone is not believed", () => {
  const said = [...times(5, silence!), ...times(7, yes!), ...times(10, silence!)];
  const detections = heardIn(said);
  expect(detections.map(({ label }) => label)).toEqual([1]);
  expect(detections[0]!.at).toBeCloseTo(0.7, 6);
  expect(detections[0]!.confidence).toBeCloseTo(2 / 3, 6);
  expect(heardIn([...times(5, silence!), yes!, ...times(5, silence!)])).toEqual([]);
  expect(heardIn([yes!, silence!, silence!])).toEqual([]);
  expect(heardIn([yes!], { ...listening, smoothing: 1 })).toHaveLength(1);
});

test("a word that goes on is one word; after the refractory time another is heard, and the same after a pause", () => {
  expect(heardIn(times(40, yes!))).toHaveLength(1);
  const two = [...times(4, yes!), ...times(12, no!)];
  expect(heardIn(two).map(({ label, at }) => [label, Math.round(10 * at)])).toEqual([[1, 2], [2, 10]]); // biome-ignore format: pairs
  const again = [...times(6, yes!), ...times(6, silence!), ...times(6, yes!)];
  expect(heardIn(again).map(({ label }) => label)).toEqual([1, 1]);
});

test("other words and silence are never heard, at whatever threshold", () => {
  const detector = new WordDetector([1], listening);
  for (let i = 0; i < 30; i++)
    expect(detector.push(Float32Array.of(0.5, 0, 0.5), i / 10, 0.01)).toBe(undefined);
});

test("a voice is what is louder than the room, however loud the room is", () => {
  expect(levelOf(Float32Array.of(1, -1, 1, -1))).toBeCloseTo(0, 6);
  expect(levelOf(new Float32Array(9).fill(0.5))).toBe(-100);
  for (const room of [0.003, 0.03]) {
    const activity = new VoiceActivity(16_000);
    const hear = (loud: number, steps: number) =>
      times(steps, 0).map((_, i) => activity.push(noise(1_600, loud, i)).voice);
    expect(hear(room, 20)).not.toContain(true);
    expect(hear(room * 6, 5)).toEqual(times(5, true));
    expect(hear(room, 6).slice(3)).not.toContain(true);
  }
});

test("the listener classifies each window without its mean and reports what it heard", async () => {
  const asked: Float32Array[] = [];
  const listener = new Listener({
    rate: 1_000,
    samples: 1_000,
    words: [1],
    listening: { ...listening, smoothing: 1 },
    classify: async (window) => {
      asked.push(window);
      return levelOf(window) > -30 ? Float32Array.of(0, 1) : Float32Array.of(1, 0);
    },
  });
  const stream = new Float32Array(3_000).fill(0.25);
  stream.set(noise(300, 0.3), 1_500);
  const steps = [];
  for (let at = 0; at < 3_000; at += 70) {
    for await (const step of listener.push(stream.subarray(at, at + 70))) steps.push(step);
  }
  expect(steps.map(({ at }) => at)).toEqual(times(30, 0).map((_, i) => (i + 1) / 10));
  expect(steps.flatMap(({ detection }) => detection ?? []).map(({ at }) => at)).toContain(1.6);
  expect(steps[15]!.voice).toBe(true);
  const mean = asked[20]!.reduce((sum, x) => sum + x, 0) / 1_000;
  expect(Math.abs(mean)).toBeLessThan(1e-6);
});
