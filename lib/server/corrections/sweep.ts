import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../database.ts";
import { leftBehind } from "../left-behind.ts";
import { inboxFolder, waitingFile } from "./inbox.ts";

/**
 * Removes items from the inbox that nobody will review: a server ended between an item and its row, or between a
 * review and the item's end. A database that has never known a correction may be the wrong one, and decides nothing.
 */
export async function sweepInbox(root: string, client: Client): Promise<void> {
  const inbox = inboxFolder(root);
  const tasks = await readdir(inbox).catch(() => []);
  const old = (await Promise.all(tasks.map((task) => leftBehind(join(inbox, task))))).flat();
  if (old.length === 0 || (await client.correction.count()) === 0) return;
  const waiting = await client.correction.findMany({ where: { state: "waiting" } });
  const wanted = new Set(waiting.map((correction) => waitingFile(root, correction)));
  for (const path of old) if (!wanted.has(path)) await rm(path, { recursive: true, force: true });
}
