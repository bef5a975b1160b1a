import { readFile } from "node:fs/promises";
import type { Manifest } from "../../engine/release/manifest.ts";
import { type Confusions, findConfusions } from "./confusions/record.ts";
import { findReleaseFile, type ListedRelease, listReleases } from "./releases.ts";

/** A release with its card. */
export interface DescribedRelease extends ListedRelease {
  /** In Markdown; undefined where the release has none. */
  readonly card: string | undefined;
  /** What it was last found to confuse; undefined where it was not measured, or the reader may not know. */
  readonly confusions: ConfusionTable | undefined;
}

/** What a release takes for what, without the examples. */
export type ConfusionTable = Pick<Confusions, "confusion" | "split" | "measured">;

/** All releases of a task with their cards, as listReleases orders them; for the owner with what they confuse. */
export async function describedReleases(
  task: string,
  isOwner: boolean,
): Promise<readonly DescribedRelease[]> {
  const releases = await listReleases(task);
  return Promise.all(
    releases.map(async (release) => ({
      ...release,
      card: await cardOf(release.manifest),
      confusions: isOwner ? await tableOf(release.manifest) : undefined,
    })),
  );
}

async function tableOf(manifest: Manifest): Promise<ConfusionTable | undefined> {
  const found = await findConfusions(process.cwd(), manifest);
  return found && { confusion: found.confusion, split: found.split, measured: found.measured };
}

async function cardOf({ task, version }: Manifest): Promise<string | undefined> {
  const file = await findReleaseFile(task, version, "card.md");
  return file && readFile(file.path, "utf8").catch(() => undefined);
}
