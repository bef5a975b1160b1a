import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Checkpoint, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { tinyConfig } from "./shapes.fixture.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nacre-checkpoint-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The checkpoint after so many batches, of that many kilobytes. */
const after = (batch: number, kilobytes = 1): Checkpoint => ({
  state: new Map([
    ["weight", { dims: [2], data: Float32Array.of(batch, -1 / 3) }],
    ["sgd/weight", { dims: [256, kilobytes], data: new Float32Array(256 * kilobytes) }],
  ]),
  cursor: {
    epoch: 3,
    batch,
    lossSum: 0.1 + 0.2,
    lossCount: 7,
    rate: 1e-3,
    best: { epoch: 2, top1: 0.9, loss: 1 / 3 },
  },
  config: tinyConfig,
  fingerprint: "ab",
});

const names = () => readdirSync(folder).sort();
const newest = () => join(folder, names().findLast((name) => /^checkpoint-\d+\.safetensors$/.test(name))!);

test("what was saved is loaded, and the newest two are kept", async () => {
  expect(await loadCheckpoint(folder)).toBeUndefined();
  for (const batch of [1, 2, 3]) await saveCheckpoint(folder, after(batch));
  expect(names()).toEqual(["checkpoint-00000002.safetensors", "checkpoint-00000003.safetensors"]);
  expect(await loadCheckpoint(folder)).toEqual(after(3));
});

const damages: Record<string, (path: string) => void> = {
  "cut short": (path) => truncateSync(path, 100),
  empty: (path) => truncateSync(path, 0),
  "longer than it was": (path) => appendFileSync(path, "!"),
  "of one flipped bit": (path) => {
    const bytes = readFileSync(path);
    bytes[bytes.length - 40]! ^= 1;
    writeFileSync(path, bytes);
  },
  "not even a file": (path) => {
    rmSync(path);
    mkdirSync(path);
  },
};

test.each(Object.entries(damages))(
  "a newest checkpoint that is %s is named and passed over",
  async (_, damage) => {
    await saveCheckpoint(folder, after(1));
    await saveCheckpoint(folder, after(2));
    const damaged = newest();
    damage(damaged);
    const told: string[] = [];
    expect(await loadCheckpoint(folder, (path) => told.push(path))).toEqual(after(1));
    expect(told).toEqual([damaged]);
  },
);

test("what a killed process left unfinished is ignored, and gone after the next checkpoint", async () => {
  await saveCheckpoint(folder, after(1));
  writeFileSync(join(folder, "checkpoint-00000002.safetensors.part"), "half a checkpoint");
  expect(await loadCheckpoint(folder, () => expect.fail("nothing is damaged"))).toEqual(after(1));
  await saveCheckpoint(folder, after(2));
  expect(names()).toEqual(["checkpoint-00000001.safetensors", "checkpoint-00000002.safetensors"]);
});

const mounted = (path: string) =>
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=200k", "tmpfs", path]).status === 0;

test("on a full disk the error says so, and the checkpoint before is still there", async ({ skip }) => {
  if (!mounted(folder)) skip("a small disk can be mounted by root only");
  try {
    await saveCheckpoint(folder, after(1, 120));
    await expect(saveCheckpoint(folder, after(2, 120))).rejects.toMatchObject({
      code: "storage",
      message: `${folder}/checkpoint-00000002.safetensors: the disk is full; make room and go on. Nothing that was there is lost.`,
    });
    expect(names()).toEqual(["checkpoint-00000001.safetensors"]);
    expect((await loadCheckpoint(folder))?.cursor).toEqual(after(1).cursor);
  } finally {
    spawnSync("umount", [folder]);
  }
});

test("a folder that cannot be is an error for people", async () => {
  writeFileSync(join(folder, "file"), "");
  const inFile = join(folder, "file", "run");
  const error = { code: "storage", message: expect.stringContaining(inFile) };
  await expect(saveCheckpoint(inFile, after(1))).rejects.toMatchObject(error);
  await expect(loadCheckpoint(inFile)).rejects.toMatchObject(error);
});
