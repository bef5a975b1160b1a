import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const models = mkdtempSync(join(tmpdir(), "nacre-models-"));
vi.stubEnv("NACRE_MODELS", models);
const { findRelease, listTasks, readTask } = await import("./tasks.ts");

beforeAll(() => {
  for (const version of ["standard-1.9.0", "standard-1.10.0", "light-2.0.0", "unfinished-1.0.0"]) {
    const folder = join(models, "birds", "releases", version);
    mkdirSync(folder, { recursive: true });
    if (!version.startsWith("unfinished")) writeFileSync(join(folder, "manifest.json"), "{}");
  }
  mkdirSync(join(models, "notes"));
});
afterAll(() => {
  rmSync(models, { recursive: true });
  vi.unstubAllEnvs();
});

test("a task is a folder with a task.ts or releases", async () => {
  expect(await listTasks()).toEqual(["birds"]);
  expect(await readTask("birds")).toBeUndefined();
});

test.each([
  [undefined, "standard-1.10.0"],
  ["light", "light-2.0.0"],
  ["standard-1.9.0", "standard-1.9.0"],
])("the model %s is %s", async (model, version) => {
  expect(await findRelease("birds", model)).toBe(join(models, "birds", "releases", version));
});

test("a path is taken as it is", async () => {
  expect(await findRelease("birds", "./mine")).toBe("./mine");
});

test("what there is instead is said", async () => {
  await expect(findRelease("fish")).rejects.toThrow('There is no task "fish". There are: birds.');
  await expect(findRelease("birds", "huge")).rejects.toThrow(
    'no release "huge". There are: light-2.0.0, standard-1.9.0, standard-1.10.0.',
  );
});
