import { rm } from "node:fs/promises";
import { basename } from "node:path";
import type { Client } from "../database.ts";
import { rememberedJobs } from "../jobs/job-store.ts";
import { leftBehind } from "../left-behind.ts";
import { runsFolder, takeInAll } from "../runs/take-in.ts";
import { uploadsFolder } from "./receive.ts";

/** What the folder of an upload is called, or with a dot what becomes one; anything else was put there by hand. */
const UPLOAD = /^(\.|\d{4}-\d\d-\d\d-[0-9a-f]{8}$)/;

/**
 * Removes what servers that were killed while they received or unpacked have left behind, and uploads of more than a
 * day ago from which nothing learns: a run, whatever became of it, can be gone on with and needs its data.
 */
export async function sweepUploads(root: string, client: Client): Promise<void> {
  const old = await leftBehind(uploadsFolder(root));
  if (old.length === 0) return;
  await takeInAll(client, runsFolder(root)); // the database may not have heard of them yet
  const words = (await rememberedJobs(client)).flatMap((job) => job.words);
  for (const path of old) {
    const name = basename(path);
    if (!UPLOAD.test(name)) continue;
    if (words.some((word) => word.includes(name)) || (await isLearntFrom(client, name))) continue;
    await rm(path, { recursive: true, force: true });
  }
}

/** Whether a run names an upload, as its data or otherwise. No two have the same name, wherever the folder lies. */
async function isLearntFrom(client: Client, name: string): Promise<boolean> {
  const contains = { contains: name };
  const where = { OR: [{ data: contains }, { init: contains }, { command: contains }] };
  return (await client.run.count({ where })) > 0;
}
