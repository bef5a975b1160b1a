import type { Run, RunSummary } from "../../runs/run.ts";
import { appDatabase } from "../app-database.ts";
import { findRun, listRuns } from "./run-store.ts";
import { runsFolder, takeIn, takeInAll } from "./take-in.ts";

/** All runs as they are now; undefined where the database cannot be opened, for which the console has the reason. */
export async function currentRuns(): Promise<readonly RunSummary[] | undefined> {
  try {
    const { client } = await appDatabase();
    await takeInAll(client, runsFolder(process.cwd()));
    return await listRuns(client);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

/** One run as it is now; undefined where there is none of that id. */
export async function currentRun(id: string): Promise<Run | undefined> {
  const { client } = await appDatabase();
  const known = await findRun(client, id);
  if (known === undefined) return undefined;
  // Its folder may be gone: then what is known is all there is.
  const found = await takeIn(client, known.folder).catch(() => undefined);
  return found === undefined ? known : findRun(client, id);
}
