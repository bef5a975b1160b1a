import { appDatabase } from "../app-database.ts";
import type { Client } from "../database.ts";
import { hasWorkers, openQueue } from "./open-queue.ts";
import type { Queue } from "./queue.ts";
import { work } from "./work.ts";

/** What routes need for jobs. */
interface AppJobs {
  readonly client: Client;
  readonly queue: Queue;
}

// Next compiles pages, routes and what runs at the start apart from each other: they meet in the process.
const shared = globalThis as { nacreJobs?: Promise<AppJobs> };

/**
 * The app's database and queue, opened when they are first asked for. On an embedded database the app is its own
 * worker from then on: it finds again what it started before it was itself started anew.
 */
export function appJobs(): Promise<AppJobs> {
  if (shared.nacreJobs === undefined) {
    const opening = open();
    shared.nacreJobs = opening;
    opening.catch(() => {
      shared.nacreJobs = undefined; // the next caller tries again
    });
  }
  return shared.nacreJobs;
}

async function open(): Promise<AppJobs> {
  const { client } = await appDatabase();
  const queue = await openQueue(client);
  if (!hasWorkers()) {
    const never = new AbortController().signal; // it ends with the process, and leaves its own behind
    const report = (line: string) => console.log(line);
    void work({ client, queue, root: process.cwd(), signal: never, bound: false, report });
  }
  return { client, queue };
}
