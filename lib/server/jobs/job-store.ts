import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import type { Job as StoredJob } from "../../../prisma/generated/sqlite/client.ts";
import type { JobState, ShownJob } from "../../runs/job.ts";
import type { Client } from "../database.ts";

/** A job as it is kept. */
export interface Job extends Omit<StoredJob, "kind" | "words" | "state"> {
  readonly kind: ShownJob["kind"];
  readonly words: readonly string[];
  readonly state: JobState;
}

/** What is asked for. */
export type NewJob = Pick<Job, "kind" | "task" | "words" | "folder">;

/** Puts a job at the end of those that wait, and returns its id. */
export async function addJob(client: Client, { words, ...job }: NewJob): Promise<string> {
  const id = randomUUID();
  await client.job.create({ data: { ...job, id, words: [...words], state: "queued" } });
  return id;
}

/** One job; undefined where there is none of that id. */
export async function findJob(client: Client, id: string): Promise<Job | undefined> {
  const job = await client.job.findUnique({ where: { id } });
  return job === null ? undefined : (job as unknown as Job);
}

/** The job that waits for a run, or goes on in it; undefined where nobody has anything to do with it. */
export async function activeJob(client: Client, folder: string): Promise<Job | undefined> {
  const job = await client.job.findFirst({ where: { folder, state: { in: ["queued", "running"] } } });
  return job === null ? undefined : (job as unknown as Job);
}

/**
 * Wishes that a job stops: one that waits never begins, a training that goes on saves a checkpoint first. Returns false
 * where it is over or never was, and of a release that is being made: that takes minutes, and must not end half-way.
 */
export async function stopJob(client: Client, id: string): Promise<boolean> {
  const waiting = await client.job.updateMany({
    where: { id, state: "queued" },
    data: { state: "stopped", stop: true },
  });
  if (waiting.count > 0) return true;
  const running = await client.job.updateMany({
    where: { id, kind: "train", state: "running" },
    data: { stop: true },
  });
  return running.count > 0;
}

/** How many jobs that are over are remembered. */
const MOST_OVER = 5;

/** Those that wait or go on, in their order, then the last ones that are over. */
export async function rememberedJobs(client: Client): Promise<readonly Job[]> {
  const active = ["running", "queued"];
  const [going, over] = await Promise.all([
    client.job.findMany({
      where: { state: { in: active } },
      orderBy: [{ state: "desc" }, { asked: "asc" }], // "running" comes after "queued"
    }),
    client.job.findMany({
      where: { state: { notIn: active } },
      orderBy: { asked: "desc" },
      take: MOST_OVER,
    }),
  ]);
  return [...going, ...over] as unknown as readonly Job[];
}

/** The remembered jobs as pages show them. */
export async function listJobs(client: Client): Promise<readonly ShownJob[]> {
  const jobs = await rememberedJobs(client);
  const runs = await client.run.findMany({
    where: { folder: { in: jobs.map(({ folder }) => folder) } },
    select: { id: true, folder: true },
  });
  return jobs.map(({ id, kind, task, folder, state, reason, asked, stop }) => ({
    ...{ id, kind, task, state, reason },
    name: basename(folder),
    runId: runs.find((run) => run.folder === folder)?.id ?? null,
    asked: asked.toISOString(),
    isStopping: state === "running" && stop,
  }));
}
