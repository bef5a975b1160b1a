import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Manifest } from "../../../engine/release/manifest.ts";
import type { Answerer } from "./answerer.ts";
import { WarmModels } from "./warm-models.ts";

const manifest = (task: string, version: string, sha256 = "a") =>
  ({ task, version, variant: version.split("-")[0], weights: { sha256 } }) as Manifest;

/** Models of which it is known which are in memory. */
function watched(most: number, idleTime: number) {
  const inMemory: string[] = [];
  const models = new WarmModels(
    async (of): Promise<Answerer> => {
      const name = `${of.task} ${of.version} ${of.weights.sha256}`;
      if (of.task === "broken") throw new Error("broken");
      inMemory.push(name);
      return {
        manifest: of,
        answer: async () => [],
        dispose: async () => void inMemory.splice(inMemory.indexOf(name), 1),
      };
    },
    { most, idleTime },
  );
  const use = (of: Manifest, work: () => Promise<void> = async () => undefined) => models.use(of, work);
  return { inMemory, use };
}

const done = () => sleep(5);

test("a release is loaded once, and goes when nobody asks it for a while", async () => {
  const { inMemory, use } = watched(3, 100);
  await Promise.all([use(manifest("a", "light-1.0.0")), use(manifest("a", "light-1.0.0"))]);
  expect(inMemory).toEqual(["a light-1.0.0 a"]);
  await sleep(60);
  await use(manifest("a", "light-1.0.0"));
  await sleep(60);
  expect(inMemory).toHaveLength(1);
  await sleep(100);
  expect(inMemory).toEqual([]);
});

test("another release of the same variant takes its place, after it has answered", async () => {
  const { inMemory, use } = watched(3, 10_000);
  await use(manifest("a", "light-1.1.0"), async () => {
    await use(manifest("a", "light-1.0.0"));
    await done();
    expect(inMemory).toEqual(["a light-1.1.0 a", "a light-1.0.0 a"]);
  });
  await done();
  expect(inMemory).toEqual(["a light-1.0.0 a"]);
  await use(manifest("a", "light-1.0.0", "built again"));
  await use(manifest("a", "standard-1.0.0"));
  await done();
  expect(inMemory).toEqual(["a light-1.0.0 built again", "a standard-1.0.0 a"]);
});

test("no more stay than may, the one asked longest ago goes first; what cannot be loaded is tried again", async () => {
  const { inMemory, use } = watched(2, 10_000);
  for (const task of ["a", "b", "a", "c"]) await use(manifest(task, "light-1.0.0"));
  await done();
  expect(inMemory).toEqual(["a light-1.0.0 a", "c light-1.0.0 a"]);
  for (let i = 0; i < 2; i++) await expect(use(manifest("broken", "light-1.0.0"))).rejects.toThrow("broken");
});
