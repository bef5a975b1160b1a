import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Manifest } from "../../engine/release/manifest.ts";
import { findReleaseFile, findTask, listReleases, listTasks, serveRelease } from "./releases.ts";

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
  vi.stubEnv("NACRE_DATA", join(folder, ".data"));
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

test("an older release can be served instead, and the newest again, which then gives way to newer ones", async () => {
  const served = async (task: string) => (await findTask(task))?.releases.map(({ version }) => version);
  release("owls", "standard-1.0.0");
  release("owls", "standard-1.1.0");
  release("owls", "light-1.0.0");
  expect(await serveRelease("owls", "standard-1.0.0")).toBe(true);
  release("owls", "standard-1.2.0");
  expect(await served("owls")).toEqual(["standard-1.0.0", "light-1.0.0"]);
  expect((await listReleases("owls")).map(({ manifest, isServed }) => [manifest.version, isServed])).toEqual([
    ["standard-1.2.0", false],
    ["standard-1.1.0", false],
    ["standard-1.0.0", true],
    ["light-1.0.0", true],
  ]);
  expect(await serveRelease("owls", "standard-1.2.0")).toBe(true);
  release("owls", "standard-1.10.0");
  expect(await served("owls")).toEqual(["standard-1.10.0", "light-1.0.0"]);

  for (const [task, version] of [
    ["owls", "standard-9.0.0"],
    ["owls", "../../birds/releases/light-1.0.0"],
    ["..", "standard-1.0.0"],
    ["none", "standard-1.0.0"],
  ] as const)
    expect(await serveRelease(task, version)).toBe(false);
});

test("where the chosen release is gone, the newest is served; of two choices at once one holds", async () => {
  for (const minor of [0, 1, 2, 3]) release("larks", `standard-1.${minor}.0`);
  await serveRelease("larks", "standard-1.0.0");
  rmSync(join(folder, "larks/releases/standard-1.0.0"), { recursive: true });
  expect((await findTask("larks"))?.releases[0]?.version).toBe("standard-1.3.0");
  const choices = Array.from({ length: 40 }, (_, i) => `standard-1.${1 + (i % 2)}.0`);
  const seen = await Promise.all(
    choices.flatMap((version) => [serveRelease("larks", version), findTask("larks")]),
  );
  for (const found of seen)
    if (typeof found === "object") expect(found.releases[0]!.version).toMatch(/^standard-1\.[123]\.0$/);
  expect((await findTask("larks"))?.releases[0]?.version).toMatch(/^standard-1\.[12]\.0$/);
  for (const task of ["owls", "larks"]) rmSync(join(folder, task), { recursive: true });
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
