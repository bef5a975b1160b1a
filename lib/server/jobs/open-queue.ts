import type { Client } from "../database.ts";
import { environment } from "../environment.ts";
import { BossQueue } from "./boss-queue.ts";
import type { Queue } from "./queue.ts";
import { TableQueue } from "./table-queue.ts";

/**
 * Whether jobs are done by workers of their own (npm run worker), as on PostgreSQL; else the app does them itself, one
 * at a time.
 */
export const hasWorkers = (): boolean => environment().DATABASE_URL !== undefined;

/** The queue of the database that DATABASE_URL names, or of the embedded one. Throws NacreError("storage"). */
export function openQueue(client: Client): Promise<Queue> {
  const url = environment().DATABASE_URL;
  return url ? BossQueue.open(url, client) : Promise.resolve(new TableQueue(client));
}
