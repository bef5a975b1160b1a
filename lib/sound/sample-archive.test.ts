import fc from "fast-check";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { decodeWav } from "../../engine/data/audio/wav.ts";
import { folderName, type Sample, zipSamples } from "./sample-archive.ts";

const recorded = new Date("2026-11-22T10:20:30Z");
const sample = (key: number, word: string, rate: number): Sample => ({
  key,
  word,
  recorded,
  sound: {
    rate,
    samples: Float32Array.from({ length: rate }, (_, t) => 0.5 * Math.sin((440 * 2 * Math.PI * t) / rate)),
  },
});

test("recordings at any rate become a folder for each word, 16 kHz and one second each", () => {
  const files = unzipSync(
    zipSamples([sample(1, "yes", 48_000), sample(2, "yes", 8_000), sample(3, "开灯", 44_100)]),
  );
  expect(Object.keys(files).sort()).toEqual([
    "yes/20261122T102030-1.wav",
    "yes/20261122T102030-2.wav",
    "开灯/20261122T102030-3.wav",
  ]);
  for (const [name, bytes] of Object.entries(files)) {
    const { samples, rate } = decodeWav(bytes, name);
    expect([rate, samples.length]).toEqual([16_000, 16_000]);
    expect(Math.max(...samples)).toBeCloseTo(0.5, 1);
  }
});

test("no word can leave its folder", () => {
  expect(folderName("../../secret")).toBe("-..-secret");
  expect(folderName(" turn on? ")).toBe("turn on-");
  fc.assert(
    fc.property(fc.string(), (word) => {
      const name = folderName(word);
      expect(name).not.toMatch(/[/\\]|^\.+$/);
      expect(name.length).toBeGreaterThan(0);
    }),
  );
});
