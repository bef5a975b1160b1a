import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { decodeWav, encodeWav } from "../../../engine/data/audio/wav.ts";
import type { Manifest } from "../../../engine/release/manifest.ts";
import { examplesOf, openExample } from "./example.ts";
import { keepConfusions, MOST_OF_A_CELL } from "./keep.ts";
import { findConfusions, recordOf } from "./record.ts";

const root = mkdtempSync(join(tmpdir(), "nacre-confusions-"));
const data = join(root, "pictures");
const seals = join(data, "test", "seal");

const manifest = (kind: "image" | "sound" | "text", weights = "a"): Manifest =>
  ({
    task: "marine",
    version: "light-1.0.0",
    classes: ["otter", "seal", "whale"].map((id) => ({ id, en: id, zh: id })),
    weights: { file: "weights.bin", bytes: 1, sha256: weights.repeat(64) },
    input: { kind },
  }) as Manifest;

/** What is said of items whose truth is 1: the class `answered`, by a share of `sure`. */
function answers(kind: Parameters<typeof manifest>[0], said: readonly (readonly [string, number, number])[]) {
  const probabilities = new Float32Array(3 * said.length).fill(0.01);
  for (const [n, [, answered, sure]] of said.entries()) probabilities[3 * n + answered] = sure;
  const items = said.map(([item]) => (kind === "text" ? item : join(seals, item)));
  const labels = new Int32Array(said.length).fill(1);
  return { manifest: manifest(kind), data, split: "test", items, labels, probabilities };
}

const picture = (background: string) =>
  sharp({ create: { width: 1600, height: 800, channels: 3, background } })
    .png()
    .toBuffer();

beforeAll(async () => {
  vi.stubEnv("NACRE_DATA", join(root, "app"));
  mkdirSync(seals, { recursive: true });
});
beforeEach(async () => {
  for (const name of ["1.png", "2.png", "3.png"])
    writeFileSync(join(seals, name), await picture(`#${name[0]!.repeat(6)}`));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const found = async (kind: Parameters<typeof manifest>[0] = "image") =>
  (await findConfusions(root, manifest(kind)))!;

test("what was taken for something else is found by its cell, the surest first, and opens as a small picture", async () => {
  await keepConfusions(
    root,
    answers("image", [
      ["1.png", 0, 0.5],
      ["2.png", 1, 0.9],
      ["3.png", 0, 0.8],
    ]),
  );
  const confusions = await found();
  expect(confusions).toMatchObject({ data, split: "test" });
  expect(confusions.confusion[1]).toEqual([2, 1, 0]);
  const cell = await examplesOf(confusions, 1, 0);
  expect(cell.map(({ file }) => file?.path)).toEqual(["test/seal/3.png", "test/seal/1.png"]);
  expect(cell[0]!.probability).toBeCloseTo(0.8);
  expect(await examplesOf(confusions, 1, 1)).toEqual([]);

  const opened = await openExample(confusions, "image", cell[0]!.file!.sha256);
  if (typeof opened !== "object") throw new Error(`It is ${opened}.`);
  expect(opened.type).toBe("image/webp");
  expect(await sharp(opened.bytes).metadata()).toMatchObject({ format: "webp", width: 640, height: 320 });
});

test("a file that was deleted or changed since is told, and never shown", async () => {
  await keepConfusions(
    root,
    answers("image", [
      ["1.png", 0, 0.9],
      ["2.png", 0, 0.8],
      ["3.png", 0, 0.7],
    ]),
  );
  rmSync(join(seals, "1.png"));
  writeFileSync(join(seals, "2.png"), "something else");
  const same = readFileSync(join(seals, "3.png"));
  writeFileSync(join(seals, "3.png"), same.fill(0, 40, 41));
  const confusions = await found();
  const cell = await examplesOf(confusions, 1, 0);
  expect(cell.map(({ file }) => file?.missing)).toEqual(["gone", "changed", "changed"]);
  const open = (n: number) => openExample(confusions, "image", cell[n]!.file!.sha256);
  expect([await open(0), await open(1), await open(2)]).toEqual(["gone", "changed", "changed"]);
  expect(await openExample(confusions, "image", "0".repeat(64))).toBeUndefined();
});

test("texts are kept themselves, long ones cut short", async () => {
  await keepConfusions(
    root,
    answers("text", [
      ["so good", 0, 0.5],
      ["x".repeat(9000), 0, 0.4],
    ]),
  );
  const [short, long] = await examplesOf(await found("text"), 1, 0);
  expect(short).toEqual({ probability: 0.5, text: "so good" });
  expect(long!.text).toHaveLength(2002);
});

test("recordings open as WAV that every browser plays", async () => {
  const sound = { samples: Float32Array.from({ length: 800 }, (_, t) => Math.sin(t / 5)), rate: 8000 };
  writeFileSync(join(seals, "a.wav"), encodeWav(sound));
  await keepConfusions(root, answers("sound", [["a.wav", 2, 0.5]]));
  const confusions = await found("sound");
  const [{ file } = {}] = await examplesOf(confusions, 1, 2);
  const opened = await openExample(confusions, "sound", file!.sha256);
  if (typeof opened !== "object") throw new Error(`It is ${opened}.`);
  expect(opened.type).toBe("audio/wav");
  expect(decodeWav(opened.bytes, "it")).toMatchObject({ rate: 8000, samples: { length: 800 } });
});

test("of a cell no more is kept than anybody looks at, and all are counted", async () => {
  const many = Array.from(
    { length: 3 * MOST_OF_A_CELL },
    (_, n) => [`text ${n}`, 0, n / 1000 + 0.1] as const,
  );
  await keepConfusions(root, answers("text", many));
  const confusions = await found("text");
  expect(confusions.confusion[1]![0]).toBe(3 * MOST_OF_A_CELL);
  const cell = await examplesOf(confusions, 1, 0);
  expect(cell).toHaveLength(MOST_OF_A_CELL);
  expect(cell[0]!.text).toBe(`text ${3 * MOST_OF_A_CELL - 1}`);
});

test("other weights, another number of classes and damaged records say nothing of a release", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await keepConfusions(root, answers("image", [["1.png", 0, 0.9]]));
  const path = recordOf(root, manifest("image"));
  const whole = readFileSync(path, "utf8");
  expect(await findConfusions(root, manifest("image", "b"))).toBeUndefined();
  expect(await findConfusions(root, { ...manifest("image"), version: "light-9.0.0" })).toBeUndefined();
  const fewer = { ...manifest("image"), classes: manifest("image").classes.slice(1) };
  expect(await findConfusions(root, fewer)).toBeUndefined();
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.string(), async (at, put) => {
      writeFileSync(path, whole.slice(0, at) + put);
      const read = await findConfusions(root, manifest("image"));
      if (read) expect(read.confusion).toHaveLength(3);
    }),
    { numRuns: 50 },
  );
});

test.each(["/etc/passwd", "../app/nacre.db", "a/../../app/nacre.db", "..", "..\\secret"])(
  "a record that names %s, outside of the data, is not taken",
  async (file) => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await keepConfusions(root, answers("image", [["1.png", 0, 0.9]]));
    const path = recordOf(root, manifest("image"));
    const record = JSON.parse(readFileSync(path, "utf8"));
    record.examples[0].file = file;
    writeFileSync(path, JSON.stringify(record));
    expect(await findConfusions(root, manifest("image"))).toBeUndefined();
  },
);
