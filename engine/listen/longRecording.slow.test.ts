import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, expect, test } from "vitest";
import { openRecording } from "../data/audio/openRecording.ts";
import { Resampler } from "../data/audio/resample.ts";
import { decodeWavPieces, encodeWav } from "../data/audio/wav.ts";
import { Listener } from "./listener.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const folder = mkdtempSync(join(tmpdir(), "nacre-long-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A WAV file of so many minutes of silence, 16 bits, which takes no room on the disk. */
function silence(minutes: number, rate: number, channels: number): string {
  const header = encodeWav({ samples: new Float32Array(0), rate }).slice(0, 44);
  const view = new DataView(header.buffer);
  const bytes = minutes * 60 * rate * channels * 2;
  view.setUint32(4, 36 + bytes, true);
  view.setUint16(22, channels, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint32(40, bytes, true);
  const path = join(folder, `${minutes}-${rate}-${channels}.wav`);
  const file = openSync(path, "w");
  writeSync(file, header);
  ftruncateSync(file, 44 + bytes);
  closeSync(file);
  return path;
}

/** Listens to a file; the most memory beyond what there was before, in MB, and the seconds that were heard. */
async function listened(path: string, rate: number) {
  const listener = new Listener({
    ...{ rate: 16_000, samples: 16_000, words: [0] },
    listening: { hop: 0.5, smoothing: 1, refractory: 1, threshold: 0.5 },
    classify: async () => Float32Array.of(0, 1),
  });
  const memory = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 1e6;
  };
  const before = memory();
  const resampler = rate === 16_000 ? undefined : new Resampler(rate, 16_000);
  let [most, seconds, pieces] = [0, 0, 0];
  const recording = await openRecording(path);
  for await (const { samples } of decodeWavPieces(recording, path)) {
    for await (const { at } of listener.push(resampler?.push(samples) ?? samples)) seconds = at;
    if (pieces++ % 32 === 0) most = Math.max(most, memory() - before);
  }
  await recording.close();
  return { most, seconds };
}

test.each([
  ["an hour, 16 kHz", 60, 16_000, 1],
  ["ten minutes in stereo, 44.1 kHz", 10, 44_100, 2],
])(
  "%s: takes no more memory than a piece of it",
  async (_, minutes, rate, channels) => {
    const { most, seconds } = await listened(silence(minutes, rate, channels), rate);
    console.info("memory for", minutes * 60, "s at", rate, "Hz, in MB:", Math.round(most));
    expect(seconds).toBeGreaterThan(minutes * 60 - 2);
    expect(most).toBeLessThan(60);
  },
  600_000,
);
