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

/** A fingerprint of the data, and of the corrections where there are some. */
export async function fingerprintWith(
  data: string,
  paths: readonly string[],
  corrections: Corrections | undefined,
  corrected: readonly string[],
): Promise<string> {
  const taken = new Set(corrected);
  const own = await fingerprint(
    data,
    paths.filter((path) => !taken.has(path)),
  );
  if (corrections === undefined) return own;
  const added = await fingerprint(corrections.folder, corrected);
  return createHash("sha256").update(`${own}\n${added}`).digest("hex");
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
