import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadRelease } from "./load.ts";
import { writeTinyRelease } from "./tiny.fixture.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nacre-release-"));
  writeTinyRelease(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(["wasm", "webgpu"] as const)("the %s graph answers a batch", async (graph) => {
  const classifier = await loadRelease(folder, { graph });
  const batch = new Float32Array(2 * 3 * 64);
  batch.fill(1, 0, 64); // the first picture is red
  batch.fill(0.5, 5 * 64, 6 * 64); // the second is a dark blue
  const { logits, familiarity } = await classifier.classify(batch, 2);
  expect([...logits]).toEqual([10, 0, 0, 0, 0, 5]);
  expect(familiarity).toBeUndefined();
  await classifier.dispose();
});

test("a changed byte is found and the file named", async () => {
  const path = join(folder, "weights.bin");
  const content = readFileSync(path);
  content[5]! ^= 1;
  writeFileSync(path, content);
  await expect(loadRelease(folder)).rejects.toMatchObject({
    code: "weights",
    message: expect.stringContaining(`${path}: the content does not match the hash`),
  });
});

test("a file of another length is named", async () => {
  appendFileSync(join(folder, "wasm.onnx"), "x");
  await expect(loadRelease(folder)).rejects.toThrow(/wasm\.onnx: \d+ bytes where the manifest states \d+/);
});

test("a missing file is named", async () => {
  rmSync(join(folder, "weights.bin"));
  await expect(loadRelease(folder)).rejects.toThrow(/weights\.bin: the manifest names this file/);
});

test("a folder without a release says what one looks like", async () => {
  await expect(loadRelease(join(folder, "nowhere"))).rejects.toThrow(/models\/<task>\/releases\/<version>/);
});

test("a graph that answers with another number of classes is refused", async () => {
  const { classes } = writeTinyRelease(folder);
  writeTinyRelease(folder, { classes: classes.slice(1) });
  const classifier = await loadRelease(folder, { threads: 1 });
  await expect(classifier.classify(new Float32Array(192), 1)).rejects.toThrow(/1 × 3 logits where 1 × 2/);
  await classifier.dispose();
});
