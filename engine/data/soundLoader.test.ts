import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rng } from "../random.ts";
import { toClip } from "./audio/clip.ts";
import { decodeWav, encodeWav } from "./audio/wav.ts";
import { readBytes } from "./readBytes.ts";
import type { SoundBatch } from "./soundBatches.ts";
import { soundEvaluationBatches } from "./soundEvaluation.ts";
import { type SoundFolder, scanSoundFolder } from "./soundFolder.ts";
import { createSoundLoader, type SoundLoaderOptions } from "./soundLoader.ts";
import { trainingSplits } from "./split.ts";

const input = { rate: 8_000, length: 400 };
let root: string;
let folder: SoundFolder;

/** Half a tenth of a second, longer and shorter in turn, some at another rate. */
async function write(path: string, seed: number): Promise<void> {
  const rng = new Rng(seed);
  const rate = seed % 3 === 0 ? 16_000 : 8_000;
  const samples = Float32Array.from({ length: 300 + 100 * (seed % 4) }, () => 0.2 * rng.normal());
  await mkdir(join(root, path, ".."), { recursive: true });
  await writeFile(join(root, path), encodeWav({ samples, rate }));
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nacre-sounds-"));
  for (let i = 0; i < 10; i++) await write(`train/${i % 2 ? "yes" : "no"}/${i}.wav`, i);
  for (let i = 0; i < 5; i++) await write(`val/${i % 2 ? "yes" : "no"}/${i}.wav`, 20 + i);
  await write("noise/train_tap.wav", 30);
  await write("noise/test_tap.wav", 31);
  folder = await scanSoundFolder(root);
});

afterAll(() => rm(root, { recursive: true }));

describe("folders", () => {
  test("give words, splits, and the noise that may be trained on", () => {
    expect(folder.classes).toEqual(["no", "yes"]);
    expect([folder.splits.train!.length, folder.splits.val!.length]).toEqual([10, 5]);
    expect(folder.noises.map((path) => basename(path))).toEqual(["train_tap.wav"]);
  });

  test("without splits: a word may be called noise", async () => {
    const { classes, noises, splits } = await scanSoundFolder(join(root, "train"));
    expect([classes, noises, splits.all!.length]).toEqual([["no", "yes"], [], 10]);
    await write("plain/noise/a.wav", 1);
    await write("plain/word/a.wav", 1);
    const plain = await scanSoundFolder(join(root, "plain"));
    expect(plain.classes).toEqual(["noise", "word"]);
    expect(() => trainingSplits(plain, new Rng(1))).toThrow("The class noise has too few recordings (1)");
  });

  test("without recordings, or with some that cannot be read, say so", async () => {
    await mkdir(join(root, "empty", "word"), { recursive: true });
    await expect(scanSoundFolder(join(root, "empty"))).rejects.toThrow(
      "holds no recordings in class folders; it should look like <class>/recording.wav or",
    );
    await writeFile(join(root, "empty", "word", "a.mp3"), "");
    await expect(scanSoundFolder(join(root, "empty"))).rejects.toThrow(
      "a.mp3: recordings in this format (MP3) cannot be read; save them as WAV, or move them away.",
    );
  });
});

async function all<T>(made: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const each of made) list.push(each);
  return list;
}

async function batches(extra: Partial<SoundLoaderOptions>, epoch = 0, from = 0): Promise<SoundBatch[]> {
  const loader = createSoundLoader({
    samples: folder.splits.train!,
    classes: 2,
    batch: 4,
    input,
    recipe: {
      speed: { probability: 0.5, factor: [0.9, 1.1] },
      shift: { probability: 0.5, samples: 80 },
      noise: { probability: 0.7, snr: [0, 20] },
    },
    mixing: { probability: 0.5, alpha: 0.4 },
    noises: folder.noises,
    seed: 3,
    workers: 1,
    cacheBytes: 1e6,
    ...extra,
  });
  try {
    return await all(loader.epoch(epoch, from));
  } finally {
    await loader.close();
  }
}

describe("the loader", () => {
  test("gives the same samples whatever the threads, the memory and where it begins", async () => {
    const [first, second] = await batches({});
    expect(first!.samples.length).toBe(4 * 400);
    expect(await batches({ workers: 2, cacheBytes: 0 })).toEqual([first, second]);
    expect(await batches({}, 0, 1)).toEqual([second]);
    expect(await batches({}, 1)).not.toEqual([first, second]);
    for (const { targets, samples } of [first!, second!]) {
      for (let n = 0; n < 4; n++) expect(targets[2 * n]! + targets[2 * n + 1]!).toBeCloseTo(1, 6);
      expect(samples.every(Number.isFinite)).toBe(true);
    }
  });

  test("without recipe and mixing gives what evaluation, server and browser compute, with its label", async () => {
    const plain = await batches({ recipe: undefined, mixing: undefined });
    const clips = await Promise.all(
      folder.splits.train!.map(async ({ path, label }) => ({
        clip: [...toClip(decodeWav(await readBytes(path), path), input)].join(),
        label,
      })),
    );
    for (const { samples, targets } of plain) {
      for (let n = 0; n < 4; n++) {
        const text = [...samples.subarray(400 * n, 400 * (n + 1))].join();
        expect(targets[2 * n + clips.find(({ clip }) => clip === text)!.label]).toBe(1);
      }
    }
  });

  test("names a recording that cannot be read", async () => {
    const broken = join(root, "broken.wav");
    await writeFile(broken, "no sound");
    const samples = Array.from({ length: 4 }, () => ({ path: broken, label: 0 }));
    await expect(batches({ samples })).rejects.toThrow(`${broken} is not a recording that can be read`);
    expect(() =>
      createSoundLoader({ samples, classes: 2, batch: 5, seed: 1, workers: 1, cacheBytes: 0 }),
    ).toThrow("There are 4 training recordings, fewer than one batch of 5");
  });
});

test("evaluation gives all recordings once, in order", async () => {
  const val = folder.splits.val!;
  const made = await all(soundEvaluationBatches(val, 3, input));
  expect(made.map(({ start, labels }) => [start, labels.length])).toEqual([[0, 3], [3, 2]]); // biome-ignore format: pairs
  expect(made.flatMap(({ labels }) => [...labels])).toEqual(val.map(({ label }) => label));
  const wanted = toClip(decodeWav(await readBytes(val[4]!.path), "a"), input);
  expect(made[1]!.samples.subarray(400)).toEqual(wanted);
});
