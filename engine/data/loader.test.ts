import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluationBatches } from "./evaluation.ts";
import { toTensor } from "./image/normalise.ts";
import { createLoader, type Loader, type LoaderOptions } from "./loader.ts";
import { readPicture } from "./readPicture.ts";
import { type Sample, STRANGER } from "./sample.ts";
import type { Batch } from "./trainingBatches.ts";

const SAMPLES = 22;
const samples: Sample[] = [];
let root: string;

const options = {
  classes: 3,
  size: 24,
  batch: 4,
  seed: 11,
  workers: 1,
  cacheBytes: 1e6,
  recipe: {
    paste: { probability: 0.7, size: [0.6, 1], backgroundScale: [0.1, 0.3], backgroundBlur: [0, 2] },
    crop: { scale: [0.3, 1], ratio: [0.75, 1.33] },
    flip: 0.5,
    colour: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.05 },
  },
  mixing: { probability: 0.5, mixup: 0.4, cutmix: 1 },
} as const satisfies Omit<LoaderOptions, "samples">;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nacre-loader-"));
  for (let i = 0; i < SAMPLES; i++) {
    const [width, height] = [30 + i, 70 - i];
    // Every third shows something on white, so that backgrounds are drawn.
    const data = Uint8Array.from({ length: width * height * 3 }, (_, p) => {
      const [x, y] = [Math.floor(p / 3) % width, Math.floor(p / 3 / width)];
      const ground = x < 5 || y < 5 || x >= width - 5 || y >= height - 5;
      return i % 3 === 0 && ground ? 255 : (p * (i + 3)) % 200;
    });
    const path = join(root, `${i}.png`);
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(path);
    samples.push({ path, label: i % 3 });
  }
});

afterAll(() => rm(root, { recursive: true }));

async function use<T>(extra: Partial<LoaderOptions>, body: (loader: Loader) => Promise<T>): Promise<T> {
  const loader = createLoader({ ...options, samples, ...extra });
  try {
    return await body(loader);
  } finally {
    await loader.close();
  }
}

async function collect(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

test("batches depend on neither threads, nor cache, nor what was asked before", async () => {
  const [first, second] = await use({}, async (loader) => {
    expect(loader.batches).toBe(5);
    return [await collect(loader.epoch(0)), await collect(loader.epoch(1))];
  });
  expect(first).toHaveLength(5);
  for (const { images, targets } of first!) {
    expect(images.length).toBe(4 * 24 * 24 * 3);
    for (let n = 0; n < 4; n++) {
      expect(targets.subarray(n * 3, n * 3 + 3).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    }
  }
  expect(second).not.toEqual(first);
  await use({ workers: 2, cacheBytes: 0, prefetch: 2 }, async (loader) => {
    expect(await collect(loader.epoch(1, 3))).toEqual(second!.slice(3)); // resumed in mid-epoch
    expect(await collect(loader.epoch(0))).toEqual(first);
    expect(loader.waitedMs).toBeGreaterThan(0);
  });
});

test("an epoch shows every sample once, without the incomplete last batch; the side can change", async () => {
  await use({ recipe: undefined, mixing: undefined, batch: 11 }, async (loader) => {
    const batches = await collect(loader.epoch(0, 0, 16));
    const counts = [0, 0, 0];
    for (const { size, images, targets } of batches) {
      expect(size).toBe(16);
      expect(images.length).toBe(11 * 16 * 16 * 3);
      for (let i = 0; i < targets.length; i++) counts[i % 3]! += targets[i]!;
    }
    expect(counts).toEqual([8, 7, 7]);
    // Leaving early and starting again is a fresh, equal start.
    for await (const batch of loader.epoch(0, 0, 16)) {
      expect(batch).toEqual(batches[0]);
      break;
    }
    expect(await collect(loader.epoch(0, 0, 16))).toEqual(batches);
  });
});

test("weights choose what is drawn, and a repeated picture is varied anew", async () => {
  const weights = samples.map((_, i) => (i === 1 ? 1 : 0));
  await use({ weights, mixing: undefined }, async (loader) => {
    const [{ images, targets }] = (await collect(loader.epoch(0))) as [Batch];
    for (let n = 0; n < 4; n++) expect([...targets.subarray(n * 3, n * 3 + 3)]).toEqual([0, 1, 0]);
    expect(images.subarray(0, 1728)).not.toEqual(images.subarray(1728, 3456));
  });
});

test("a stranger is every class alike", async () => {
  const mixed = samples.map((sample, i) => (i % 2 ? { ...sample, label: STRANGER } : sample));
  await use({ samples: mixed, mixing: undefined, batch: 11 }, async (loader) => {
    const batches = await collect(loader.epoch(0));
    const rows = batches.flatMap(({ targets }) =>
      Array.from({ length: 11 }, (_, n) => [...targets.subarray(n * 3, n * 3 + 3)]),
    );
    const alike = rows.filter((row) => new Set(row).size === 1);
    expect(alike).toHaveLength(11);
    for (const [third] of alike) expect(third).toBeCloseTo(1 / 3, 6);
    expect(rows.filter((row) => Math.max(...row) === 1)).toHaveLength(11);
  });
});

test("an unreadable picture is named, and too few pictures are refused", async () => {
  const bad = join(root, "bad.png");
  await writeFile(bad, "not a picture");
  const missing = join(root, "gone.png");
  for (const [path, why] of [
    [bad, "is not a picture"],
    [missing, "does not exist"],
  ] as const) {
    await use({ samples: [...samples.slice(0, 3), { path, label: 0 }] }, async (loader) => {
      await expect(collect(loader.epoch(0))).rejects.toMatchObject({
        name: "NacreError",
        code: "input",
        message: expect.stringContaining(`${path} ${why}`),
      });
    });
  }
  expect(() => createLoader({ ...options, samples: samples.slice(0, 3) })).toThrow(
    /3 training pictures, fewer than one batch of 4/,
  );
});

test("closing ends what is under way", async () => {
  const loader = createLoader({ ...options, samples });
  const epoch = loader.epoch(0);
  const pending = expect(epoch.next()).rejects.toMatchObject({ code: "interrupted" });
  await loader.close();
  await pending;
});

test("evaluation reads every sample in order, the last batch short, through toTensor alone", async () => {
  for (const fit of ["crop", "both"] as const) {
    const input = { size: 20, fit, mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.4] } as const;
    let seen = 0;
    for await (const { start, images, labels } of evaluationBatches(samples, input, {
      batch: 8,
      workers: 2,
    })) {
      expect(start).toBe(seen);
      expect(labels.length).toBe(Math.min(8, SAMPLES - seen));
      for (let n = 0; n < labels.length; n++, seen++) {
        const { path, label } = samples[seen]!;
        expect(labels[n]).toBe(label);
        const tensor = toTensor(await readPicture(path), input);
        // Compared at once: element by element would take seconds.
        const { byteLength } = tensor;
        const image = Buffer.from(images.buffer, n * byteLength, byteLength);
        expect(image.equals(Buffer.from(tensor.buffer))).toBe(true);
      }
    }
    expect(seen).toBe(SAMPLES);
  }
});
