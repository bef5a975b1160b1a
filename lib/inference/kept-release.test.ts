import { expect, test } from "vitest";
import type { Manifest } from "../../engine/release/manifest.ts";
import { keepRelease, keptRelease } from "./kept-release.ts";
import type { ByteStore } from "./store.ts";

function memoryStore(): ByteStore & { keys: () => string[] } {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    keys: () => [...entries.keys()],
    read: async (key) => entries.get(key),
    write: async (key, bytes) => void entries.set(key, bytes),
    remove: async (key) => void entries.delete(key),
  };
}

/** The parts of a manifest that matter here; its graphs are the same in every version. */
function release(version: string, weights: string): Manifest {
  const file = (sha256: string) => ({ file: sha256, bytes: 1, sha256 });
  const graphs = { wasm: file("wasm"), webgpu: file("webgpu") };
  const parts = { format: 1, task: "birds", variant: "light", version, graphs, weights: file(weights) };
  return { ...parts, input: { kind: "image" } } as Manifest;
}

test("the release that was used last is remembered, and only its files stay", async () => {
  const store = memoryStore();
  expect(await keptRelease(store, release("light-1.0.0", "a"))).toBeUndefined();
  for (const key of ["wasm", "webgpu", "a", "b", "somebody else's"])
    await store.write(key, new Uint8Array(1));
  await keepRelease(store, release("light-1.0.0", "a"));
  await keepRelease(store, release("light-1.1.0", "b"));
  expect(await keptRelease(store, { task: "birds", variant: "light" })).toEqual(release("light-1.1.0", "b"));
  expect(await keptRelease(store, { task: "birds", variant: "standard" })).toBeUndefined();
  expect(store.keys().sort()).toEqual(["b", "kept/birds/light", "somebody else's", "wasm", "webgpu"]);
});

test("a damaged record is as good as none, and is written anew", async () => {
  const store = memoryStore();
  await store.write("kept/birds/light", new TextEncoder().encode("{half a rec"));
  expect(await keptRelease(store, release("light-1.0.0", "a"))).toBeUndefined();
  await keepRelease(store, release("light-1.0.0", "a"));
  expect((await keptRelease(store, release("light-1.0.0", "a")))?.version).toBe("light-1.0.0");
});
