import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { NacreError } from "../../../engine/errors.ts";
import { storageError, writeWhole } from "../../../engine/train/writeWhole.ts";
import type { Correction as Kept } from "../../../prisma/generated/sqlite/client.ts";
import type { InputKind } from "../../content.ts";
import type { Claim, ClassOrNone } from "../../corrections/correction.ts";
import { dataFolder } from "../data-folder.ts";
import type { Client } from "../database.ts";
import { writeAccepted } from "./accepted.ts";

/** A correction that was sent, as the review shows it. */
export interface WaitingCorrection extends Claim {
  readonly id: number;
  readonly bytes: number;
  /** ISO 8601 */
  readonly sent: string;
}

/** So many wait at most: beyond that, nobody reviews them. */
const MOST_WAITING = 2000;

const endings: Readonly<Record<InputKind, string>> = { image: "jpg", sound: "wav", text: "txt" };

/** Where items wait, in a folder for each task. */
export const inboxFolder = (root: string): string => join(dataFolder(root), "inbox");

/** Where the item of a correction waits. */
export function waitingFile(root: string, { task, kind, sha256 }: Pick<Kept, "task" | "kind" | "sha256">) {
  return join(inboxFolder(root), task, `${sha256}.${endings[kind as InputKind]}`);
}

/**
 * Puts a correction into the queue. An item that waits already takes over what is said now; one that was reviewed
 * stays as it is.
 *
 * @param content the item, cleaned
 * @returns false where the item was known
 * @throws NacreError("storage") where the queue is full, or the item cannot be written
 */
export async function enqueue(
  root: string,
  client: Client,
  claim: Claim,
  content: Uint8Array,
): Promise<boolean> {
  const { task, kind, version, answered, probability, said } = claim;
  const sha256 = createHash("sha256").update(content).digest("hex");
  const known = await client.correction.findUnique({ where: { task_sha256: { task, sha256 } } });
  if (known) {
    const newer = { version, answered, probability, said };
    await client.correction.updateMany({ where: { id: known.id, state: "waiting" }, data: newer });
    return false;
  }
  if ((await client.correction.count({ where: { state: "waiting" } })) >= MOST_WAITING)
    throw new NacreError("storage", "So many corrections wait for review that no more are taken. Thank you!");
  const file = waitingFile(root, { task, kind, sha256 });
  await mkdir(join(file, ".."), { recursive: true, mode: 0o700 }).catch((cause) => {
    throw storageError(file, cause);
  });
  await writeWhole(file, [content]);
  await client.correction.create({
    data: { task, kind, sha256, bytes: content.length, version, answered, probability, said },
  });
  return true;
}

/** The corrections that wait, the oldest first, no more than `most`; and how many there are in all. */
export async function listWaiting(
  client: Client,
  most: number,
): Promise<{ readonly list: readonly WaitingCorrection[]; readonly total: number }> {
  const where = { state: "waiting" };
  const [found, total] = await Promise.all([
    client.correction.findMany({ where, orderBy: { id: "asc" }, take: most }),
    client.correction.count({ where }),
  ]);
  const list = found.map(({ id, task, kind, version, answered, probability, said, bytes, sent }) => ({
    ...{ id, task, kind: kind as InputKind, version, answered, probability, said, bytes },
    sent: sent.toISOString(),
  }));
  return { list, total };
}

/** A correction that waits; undefined where there is none of that number, or it was reviewed. */
export async function findWaiting(client: Client, id: number): Promise<Kept | undefined> {
  return (await client.correction.findFirst({ where: { id, state: "waiting" } })) ?? undefined;
}

/**
 * Takes a correction into what training reads, as a class or as none of them. Returns false where somebody else was
 * quicker. Throws NacreError("storage"); the correction then waits on.
 */
export async function accept(
  root: string,
  client: Client,
  correction: Kept,
  accepted: ClassOrNone,
): Promise<boolean> {
  const { id, task, sha256 } = correction;
  const path = waitingFile(root, correction);
  // First the file: a crash before the record leaves a correction that waits and can be accepted again.
  const undo = await writeAccepted(root, {
    task,
    kind: correction.kind as InputKind,
    sha256,
    path,
    accepted,
  });
  if (!(await review(client, id, { state: "accepted", accepted }))) {
    const now = await client.correction.findUnique({ where: { id } });
    if (now?.state !== "accepted" || now.accepted !== accepted) await undo();
    return false;
  }
  await rm(path, { force: true });
  return true;
}

/** Deletes the item of a correction; its hash stays, so that it need not be looked at twice. False as in `accept`. */
export async function reject(root: string, client: Client, correction: Kept): Promise<boolean> {
  if (!(await review(client, correction.id, { state: "rejected" }))) return false;
  await rm(waitingFile(root, correction), { force: true });
  return true;
}

/** Ends the waiting of a correction, if it still waits. */
async function review(
  client: Client,
  id: number,
  data: { readonly state: "accepted" | "rejected"; readonly accepted?: ClassOrNone },
): Promise<boolean> {
  const { count } = await client.correction.updateMany({
    where: { id, state: "waiting" },
    data: { ...data, reviewed: new Date() },
  });
  return count === 1;
}
