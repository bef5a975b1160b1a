import { expect, test } from "vitest";
import type { Slices } from "../sound/slices.ts";
import { LiveStream } from "./live-stream.ts";
import type { LiveStep } from "./sound-protocol.ts";

const listening = { hop: 0.1, smoothing: 2, refractory: 0.8, threshold: 0.6 };

/** Two seconds of a microphone: half a second of a loud tone after one of silence. */
async function listenAt(deviceRate: number) {
  const slices: Slices[] = [];
  const steps: LiveStep[] = [];
  const stream = new LiveStream({
    rate: 16_000,
    samples: 16_000,
    words: [1],
    listening,
    deviceRate,
    // A tone in the newest tenth of a second is the word.
    classify: async (clip) => {
      const loud = clip.slice(-1_600).some((x) => Math.abs(x) > 0.2);
      return Float32Array.of(loud ? 0 : 1, loud ? 1 : 0);
    },
    onSlices: (some) => slices.push(some),
    onStep: (step) => steps.push(step),
  });
  const block = Math.ceil(deviceRate / 50);
  for (let start = 0; start < 2 * deviceRate; start += block) {
    stream.push(
      Float32Array.from({ length: block }, (_, i) => {
        const time = (start + i) / deviceRate;
        return time >= 1 && time < 1.5 ? 0.5 * Math.sin(2 * Math.PI * 440 * time) : 0;
      }),
    );
    await new Promise(setImmediate); // a microphone gives time to listen
  }
  return { steps, drawn: slices.reduce((sum, { count }) => sum + count, 0) };
}

test.each([8_000, 16_000, 22_050, 44_100, 48_000, 192_000])(
  "a microphone of %i samples a second is heard and drawn in time",
  async (rate) => {
    const { steps, drawn } = await listenAt(rate);
    expect(drawn).toBeGreaterThan(195);
    const detections = steps.flatMap(({ detection }) => detection ?? []);
    expect(detections.map(({ index }) => index)).toEqual([1]);
    expect(detections[0]!.at).toBeGreaterThan(1);
    expect(detections[0]!.at).toBeLessThan(1.4);
    expect(detections[0]!.latencyMs).toBeGreaterThanOrEqual(0);
    expect(steps[13]!.voice).toBe(true);
    expect(steps[5]!.voice).toBe(false);
  },
);
