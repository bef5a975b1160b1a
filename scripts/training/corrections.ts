/** Corrections of answers, as a training takes them in: beside its data, to learn from and never to measure on. */

import { createHash } from "node:crypto";
import { relative } from "node:path";
import { fingerprint } from "../../engine/data/fingerprint.ts";
import { NacreError } from "../../engine/errors.ts";

/** Accepted corrections in the layout that training reads. */
export interface Corrections {
  /** An absolute path. */
  readonly folder: string;
  /** Those that a run began with, relative to the folder; all that there are where it is not said. */
  readonly files?: readonly string[];
}

/**
 * Of the files that are found, those that the run began with: others may have been accepted since.
 *
 * @throws NacreError("input") where one of them is gone
 */
export function begunWith<File extends { readonly path: string }>(
  { folder, files }: Corrections,
  found: readonly File[],
): readonly File[] {
  if (files === undefined) return found;
  const wanted = new Set(files);
  const kept = found.filter(({ path }) => wanted.has(relative(folder, path)));
  if (kept.length === wanted.size) return kept;
  throw new NacreError(
    "input",
    `${folder}: ${wanted.size - kept.length} of the corrections that the run began with are gone. Put them back, or begin a new run.`,
  );
}

/** Files that are learned from beside the data: none where there is no folder. */
export interface Beside {
  readonly folder: string | undefined;
  readonly paths: readonly string[];
}

/** A fingerprint of the data, and of what is learned from beside them where there is any; `paths` may hold both. */
export async function fingerprintWith(
  data: string,
  paths: readonly string[],
  beside: readonly Beside[],
): Promise<string> {
  const taken = new Set(beside.flatMap((added) => added.paths));
  let all = await fingerprint(
    data,
    paths.filter((path) => !taken.has(path)),
  );
  for (const { folder, paths } of beside) {
    if (folder === undefined) continue;
    all = createHash("sha256")
      .update(`${all}\n${await fingerprint(folder, paths)}`)
      .digest("hex");
  }
  return all;
}

/** How a run remembers its corrections. */
export const remembered = (
  corrections: Corrections | undefined,
  paths: readonly string[],
): Required<Corrections> | undefined =>
  corrections && {
    folder: corrections.folder,
    files: paths.map((path) => relative(corrections.folder, path)),
  };

/** For a run's summary: ", 12 of them corrections". */
export const counted = (corrections: Corrections | undefined, count: number): string =>
  corrections === undefined ? "" : `, ${count} of them corrections`;
