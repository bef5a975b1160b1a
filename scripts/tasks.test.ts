import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { chooseVersion } from "../lib/server/served.ts";

const models = mkdtempSync(join(tmpdir(), "nacre-models-"));
vi.stubEnv("NACRE_MODELS", models);
vi.stubEnv("NACRE_DATA", join(models, ".data"));
const { findRelease, listTasks, nextRelease, publishRelease, readTask } = await import("./tasks.ts");

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

test("where an older one was chosen to answer, a variant is that one", async () => {
  const found = async (model?: string) => basename(await findRelease("birds", model));
  await chooseVersion(models, "birds", "standard", "standard-1.9.0");
  expect([await found(), await found("standard"), await found("light")]).toEqual([
    ...["standard-1.9.0", "standard-1.9.0", "light-2.0.0"],
  ]);
  expect(await found("standard-1.10.0")).toBe("standard-1.10.0");
  await chooseVersion(models, "birds", "standard", "standard-1.8.0"); // gone meanwhile
  expect(await found()).toBe("standard-1.10.0");
  await chooseVersion(models, "birds", "standard", undefined);
});

test("a release is found when it is published, and one that was never published is in nobody's way", async () => {
  for (let attempt = 0; attempt < 2; attempt++) {
    const { folder, version } = await nextRelease("fresh", "standard");
    expect(version).toBe("standard-1.0.0");
    mkdirSync(folder); // as killed before it was judged
    writeFileSync(join(folder, "manifest.json"), "{}");
    await expect(findRelease("fresh")).rejects.toThrow("none yet");
  }
  const { folder } = await nextRelease("fresh", "standard");
  mkdirSync(folder);
  writeFileSync(join(folder, "manifest.json"), "{}");
  expect(await publishRelease(folder)).toBe(join(models, "fresh", "releases", "standard-1.0.0"));
  expect(await findRelease("fresh")).toBe(join(models, "fresh", "releases", "standard-1.0.0"));
  expect((await nextRelease("fresh", "standard")).version).toBe("standard-1.1.0");
  rmSync(join(models, "fresh"), { recursive: true });
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
