import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ShownJob } from "../../runs/job.ts";
import type { Outcome } from "../../runs/run.ts";
import { appDatabase } from "../app-database.ts";
import { activeJob, listJobs } from "./job-store.ts";

/** What can be asked for of a run that is there already. */
export type Further = ShownJob["kind"];

/**
 * The jobs as a page shows them; none where the database cannot be opened. Why one failed names what lies on the
 * server, and is for its owner.
 */
export async function shownJobs(forOwner: boolean): Promise<readonly ShownJob[]> {
  const jobs = await appDatabase()
    .then(({ client }) => listJobs(client))
    .catch(() => []);
  return jobs.map((job) => ({ ...job, reason: forOwner || job.state === "finished" ? job.reason : null }));
}

/**
 * What can be asked for of a run: to go on with one that has not come to its end, to release what came out of one that
 * has; nothing while somebody is at it.
 */
export async function furtherJob(run: {
  readonly folder: string;
  readonly outcome: Outcome;
}): Promise<Further | undefined> {
  const { client } = await appDatabase();
  if (run.outcome === "running" || (await activeJob(client, run.folder))) return undefined;
  const has = (file: string) => existsSync(join(/* turbopackIgnore: true */ run.folder, file));
  if (run.outcome === "finished") return has("best.safetensors") ? "release" : undefined;
  return has("run.json") ? "train" : undefined;
}
