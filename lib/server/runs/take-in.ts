import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { NacreError } from "../../../engine/errors.ts";
import type { Client } from "../database.ts";
import { environment } from "../environment.ts";
import { type FoundRun, readRunFolder } from "./run-folder.ts";
import { keepRun, loseSilentRuns } from "./run-store.ts";

/** Where training puts its runs, from the repository's root folder. */
export const runsFolder = (root: string): string => resolve(root, environment().NACRE_RUNS);

// Pages and routes are compiled apart from each other and meet in the process.
const shared = globalThis as { nacreRunsTaken?: Map<string, string> };
shared.nacreRunsTaken ??= new Map();
const taken = shared.nacreRunsTaken;

/** A run whose process is silent for a day is lost, on whichever machine it was. */
const DAY = 24 * 3600_000;

/**
 * Takes in every run of a folder whose files have changed since the last time. A folder that cannot be read is
 * passed over: training may be writing its first file.
 *
 * @returns how many runs there are
 */
export async function takeInAll(client: Client, folder: string): Promise<number> {
  let runs = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    try {
      await takeIn(client, join(folder, name));
      runs++;
    } catch (error) {
      if (!(error instanceof NacreError)) throw error;
    }
  }
  await loseSilentRuns(client, new Date(Date.now() - DAY));
  return runs;
}

/**
 * Takes in one run's folder, if its files have changed since the last time or it seemed to be running then.
 *
 * @returns what it holds; undefined where nothing has changed
 * @throws NacreError("usage") where it holds no run
 */
export async function takeIn(client: Client, folder: string): Promise<FoundRun | undefined> {
  const before = await signature(folder);
  if (taken.get(folder) === before) return undefined;
  const found = await readRunFolder(folder);
  await keepRun(client, found);
  // A process can die without changing a file: what runs is looked at again.
  if (found.outcome !== "running") taken.set(folder, before);
  return found;
}

/** Changes whenever training has written something. */
export async function signature(folder: string): Promise<string> {
  const paths = ["run.json", "record.jsonl", "steps.jsonl"].map((name) =>
    join(/* turbopackIgnore: true */ folder, name),
  );
  const files = paths.map((path) => stat(/* turbopackIgnore: true */ path).catch(() => undefined));
  return (await Promise.all(files)).map((file) => (file ? `${file.size}@${file.mtimeMs}` : "")).join(" ");
}
