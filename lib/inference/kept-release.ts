import { filesOf } from "../../engine/release/kinds.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { ByteStore } from "./store.ts";

const recordOf = ({ task, variant }: Pick<Manifest, "task" | "variant">) => `kept/${task}/${variant}`;

/** The release of a task's variant that was whole in the store when it was last used; undefined for none. */
export async function keptRelease<Kind extends Manifest>(
  store: ByteStore,
  of: Pick<Kind, "task" | "variant">,
): Promise<Kind | undefined> {
  const record = await store.read(recordOf(of));
  if (record === undefined) return undefined;
  try {
    // Written by keepRelease, perhaps of an earlier version of this app.
    const manifest: Partial<Kind> = JSON.parse(new TextDecoder().decode(record));
    return manifest.format === 1 ? (manifest as Kind) : undefined;
  } catch {
    return undefined; // damaged: the next use writes it anew
  }
}

/** Remembers that a release is whole in the store, and removes the files of the one that it replaces. */
export async function keepRelease(store: ByteStore, manifest: Manifest): Promise<void> {
  const before = await keptRelease(store, manifest);
  await store.write(recordOf(manifest), new TextEncoder().encode(JSON.stringify(manifest)));
  if (before === undefined) return;
  const needed = new Set(hashesOf(manifest));
  for (const hash of hashesOf(before)) if (!needed.has(hash)) await store.remove(hash);
}

const hashesOf = (manifest: Manifest) => filesOf(manifest).map(({ sha256 }) => sha256);
