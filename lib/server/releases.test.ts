import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Manifest } from "../../engine/release/manifest.ts";
import { findReleaseFile, findTask, listTasks } from "./releases.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-releases-"));

function manifest(task: string, version: string): Manifest {
  const file = { file: "weights.bin", bytes: 4, sha256: "0".repeat(64) };
  const share = { value: 1, low: 1, high: 1 };
  return {
    format: 1,
    task,
    version,
    variant: version.split("-")[0]!,
    network: "none",
    created: "2026-01-01T00:00:00Z",
    title: { en: task, zh: task },
    classes: ["a", "b"].map((id) => ({ id, en: id, zh: id })),
    licence: { name: "MIT", nonCommercial: false, credit: "" },
    input: { kind: "image", size: 8, fit: "crop", mean: [0, 0, 0], std: [1, 1, 1] },
    temperature: 1,
    graphs: { wasm: { ...file, file: "wasm.onnx" }, webgpu: { ...file, file: "webgpu.onnx" } },
    weights: file,
    golden: [],
    goldenTolerance: 1,
    metrics: { split: "test", n: 1, top1: share, top5: share, macroF1: share, ece: 0 },
  };
}

function write(task: string, version: string, text: string): void {
  const release = join(folder, task, "releases", version);
  mkdirSync(release, { recursive: true });
  writeFileSync(join(release, "manifest.json"), text);
  writeFileSync(join(release, "weights.bin"), "1234");
  writeFileSync(join(release, "private.key"), "secret");
}

const release = (task: string, version: string) =>
  write(task, version, JSON.stringify(manifest(task, version)));

beforeAll(() => {
  vi.stubEnv("NACRE_MODELS", folder);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  for (const version of ["light-1.0.0", "standard-1.9.0", "standard-1.10.0"]) release("birds", version);
  write("broken", "standard-1.0.0", "{");
  write("elsewhere", "standard-1.0.0", JSON.stringify(manifest("birds", "standard-1.0.0")));
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("the newest release of each variant is listed, the standard one first", async () => {
  const tasks = await listTasks();
  expect(tasks.map(({ task }) => task)).toEqual(["birds"]);
  expect(tasks[0]!.releases.map(({ version }) => version)).toEqual(["standard-1.10.0", "light-1.0.0"]);
});

test("a release that was made a moment ago is there at once", async () => {
  expect(await findTask("stars")).toBeUndefined();
  release("stars", "standard-1.0.0");
  expect((await findTask("stars"))?.releases).toHaveLength(1);
  rmSync(join(folder, "stars"), { recursive: true });
});

test("only what a manifest lists is served, and its card", async () => {
  const weights = await findReleaseFile("birds", "light-1.0.0", "weights.bin");
  expect(weights).toMatchObject({ bytes: 4, sha256: "0".repeat(64) });
  expect(await findReleaseFile("birds", "light-1.0.0", "manifest.json")).toBeDefined();
  expect(await findReleaseFile("birds", "light-1.0.0", "private.key")).toBeUndefined();
  expect(await findReleaseFile("birds", "light-1.0.0", "card.md")).toBeUndefined(); // there is none
  expect(await findReleaseFile("broken", "standard-1.0.0", "weights.bin")).toBeUndefined();
});

test("no name leads out of the folder", async () => {
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom("..", ".", "", "../birds", "birds/../birds", "light-1.0.0/.", "\0", "birds\0"),
  );
  await fc.assert(
    fc.asyncProperty(odd, odd, odd, async (task, version, file) => {
      expect(await findReleaseFile(task, version, file)).toBeUndefined();
      expect(await findReleaseFile("birds", version, "weights.bin")).toBeUndefined();
      expect(await findReleaseFile("birds", "light-1.0.0", file)).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});
