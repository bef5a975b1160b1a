import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scanImageFolder } from "../data/folder.ts";
import { NacreError } from "../errors.ts";
import type { Network } from "../networks/network.ts";
import { globalAveragePool, linear } from "../nn/layers.ts";
import { Rng } from "../random.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { writeShapes } from "../train/shapes.fixture.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { type ExamineOptions, examine } from "./examine.ts";
import { scene } from "./pictures.fixture.ts";

/** Sees the mean colour. */
const colours: Network = {
  name: "colours",
  features: 3,
  backbone: globalAveragePool(),
  head: linear(3, 2),
  stages: [],
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};
const runtime = nodeRuntime({ threads: 1, spinning: false });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "nacre-examine-"));
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), bytes);
}

async function examined(options: Partial<ExamineOptions> = {}): Promise<Diagnosis> {
  const folder = await scanImageFolder(root, { foreign: true });
  return examine(folder, { network: colours, weights: new Map(), runtime, seed: 1, ...options });
}

const names = (pictures: readonly { path: string }[]) =>
  pictures.map(({ path }) => path.slice(root.length + 1));

test("everything that is amiss is found, and nothing else", async () => {
  const encoded = (seed: number) => scene(new Rng(seed)).png();
  for (let i = 0; i < 6; i++) {
    await put(`train/a/${i}.png`, await encoded(i).toBuffer());
    await put(`train/b/${i}.png`, await encoded(10 + i).toBuffer());
  }
  await put("test/a/leak.jpg", await encoded(0).flop().jpeg({ quality: 60 }).toBuffer());
  await put("train/b/other.webp", await encoded(1).webp({ quality: 60 }).toBuffer());
  await put("train/b/small.png", await encoded(11).resize(48).png().toBuffer());
  await put("train/b/cut.png", (await encoded(12).toBuffer()).subarray(0, 200));
  const gray = { width: 70, height: 70, channels: 3, background: "#777" } as const;
  await put("test/b/gray.png", await sharp({ create: gray }).png().toBuffer());

  const { duplicates, unreadable, tiny, blank, pictures, labels } = await examined();
  expect(
    duplicates.map(({ likeness: _, pictures: same, ...how }) => ({ ...how, same: names(same) })),
  ).toEqual([
    { mirrored: true, disagree: false, leak: true, same: ["train/a/0.png", "test/a/leak.jpg"] },
    { mirrored: false, disagree: true, leak: false, same: ["train/a/1.png", "train/b/other.webp"] },
    { mirrored: false, disagree: false, leak: false, same: ["train/b/1.png", "train/b/small.png"] },
  ]);
  expect(names(unreadable.map(({ picture }) => picture))).toEqual(["train/b/cut.png"]);
  expect(tiny).toMatchObject([{ width: 48, height: 36, picture: { label: 1, split: "train" } }]);
  expect(names(blank)).toEqual(["test/b/gray.png"]);
  expect([pictures, labels.checked, labels.unchecked]).toEqual([17, 16, []]);
});

test("pictures in wrong folders are found", async () => {
  await writeShapes(root, 20);
  for (const [from, to] of [
    ["circle", "square"],
    ["square", "stripes"],
    ["stripes", "circle"],
  ]) {
    await writeShapes(join(root, "moved"), 2, [from!]);
    for (const i of [0, 1]) {
      const bytes = await sharp(join(root, "moved", from!, `${i}.png`))
        .png()
        .toBuffer();
      await put(`${to}/moved-${i}.png`, bytes);
      await rm(join(root, from!, `${i}.png`));
    }
  }
  await rm(join(root, "moved"), { recursive: true });
  const { labels } = await examined();
  const found = labels.suspects
    .map(({ picture }) => basename(picture.path))
    .filter((name) => /moved/.test(name));
  expect(found).toHaveLength(6);
  expect(labels.suspects.length).toBeLessThan(9);
});

test("whatever is in a folder, every picture is accounted for", async () => {
  const png = new Uint8Array(await scene(new Rng(1)).resize(20, 9).png().toBuffer());
  const file = fc.record({
    split: fc.constantFrom("train", "val", "test"),
    name: fc.constantFrom("a", "b", "C c", "é", "<i>", "%2F"),
    ending: fc.constantFrom("png", "jpg", "webp", "gif", "heic", "txt"),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constant(png),
      fc.nat(png.length).map((length) => png.subarray(0, length)),
      fc.nat(png.length - 1).map((at) => png.with(at, png[at]! ^ 0xff)),
    ),
  });
  const property = fc.asyncProperty(fc.array(file, { maxLength: 40 }), async (files) => {
    await rm(root, { recursive: true });
    await mkdir(root);
    for (const [i, { split, name, ending, bytes }] of files.entries()) {
      await put(`${split}/${name}/${i}.${ending}`, bytes);
    }
    const found = await examined().catch((error: unknown) => {
      expect(error).toBeInstanceOf(NacreError); // no class, or only one
      return undefined;
    });
    if (!found) return;
    const counted = found.balance.counts.flat().reduce((sum, count) => sum + count);
    expect(counted).toBe(found.pictures);
    expect(found.pictures).toBe(files.filter(({ ending }) => ending !== "txt").length);
    const readable = found.pictures - found.unreadable.length;
    expect(found.tiny).toHaveLength(readable);
    expect(found.labels.checked).toBeLessThanOrEqual(readable);
  });
  await fc.assert(property, { numRuns: 12 });
});

test("it ends when it is told to", async () => {
  await writeShapes(root, 10);
  for (const stage of ["pictures", "epochs"]) {
    const stop = new AbortController();
    const seen = new Set<string>();
    const onProgress: ExamineOptions["onProgress"] = (now) => {
      seen.add(now);
      if (now === stage) stop.abort();
    };
    await expect(examined({ signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: "interrupted",
    });
    expect([...seen].at(-1)).toBe(stage);
  }
});
