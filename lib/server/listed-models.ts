import { readFile } from "node:fs/promises";
import type { Manifest } from "../../engine/release/manifest.ts";
import { findReleaseFile, type ListedRelease, listReleases } from "./releases.ts";

/** A release with its card. */
export interface DescribedRelease extends ListedRelease {
  /** In Markdown; undefined where the release has none. */
  readonly card: string | undefined;
}

/** All releases of a task with their cards, as listReleases orders them. */
export async function describedReleases(task: string): Promise<readonly DescribedRelease[]> {
  const releases = await listReleases(task);
  return Promise.all(releases.map(async (release) => ({ ...release, card: await cardOf(release.manifest) })));
}

async function cardOf({ task, version }: Manifest): Promise<string | undefined> {
  const file = await findReleaseFile(task, version, "card.md");
  return file && readFile(file.path, "utf8").catch(() => undefined);
}
