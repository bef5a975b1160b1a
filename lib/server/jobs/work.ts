import { setTimeout as sleep } from "node:timers/promises";
import { takeIn } from "../runs/take-in.ts";
import { begin, isHere, watch } from "./attempt.ts";
import { findJob, type Job } from "./job-store.ts";
import { type Ending, endingOf } from "./outcome.ts";
import type { Held } from "./queue.ts";
import type { Worker } from "./worker.ts";

/** Milliseconds before what failed is tried again. */
const PAUSE = 1000;

/** Does one job after another until `signal` aborts. A job that cannot be kept track of is given back. */
export async function work(worker: Worker): Promise<void> {
  const { queue, signal, report } = worker;
  while (!signal.aborted) {
    const held = await queue.next(signal);
    if (held === undefined) return;
    const isOver = await doJob(worker, held).catch((error) => {
      report(sentenceOf(error));
      return false;
    });
    await (isOver ? held.done() : held.giveBack()).catch((error) => report(sentenceOf(error)));
    if (!isOver) await sleep(PAUSE, undefined, { signal }).catch(() => undefined);
  }
}

/** Does a job, and returns whether it has come to its end. */
async function doJob(worker: Worker, held: Held): Promise<boolean> {
  const { client, root, bound, report } = worker;
  const job = await findJob(client, held.id);
  if (job === undefined || !(job.state === "queued" || job.state === "running")) return true;
  if (job.state === "running") {
    if (isHere(job)) report(`${titleOf(job)}: found again`);
    if (isHere(job) && !(await watch(worker, held, job))) return false;
    const { now, ending, isUnfinished } = await endOf(worker, job, undefined);
    if (!bound || !isUnfinished) return end(worker, held, now, ending);
    report(`${titleOf(job)}: taken over`);
  }
  const attempt = await begin(root, client, job, bound);
  if ("state" in attempt) return end(worker, held, job, attempt);
  report(`${titleOf(job)}: ${attempt.goesOn ? "goes on" : "begins"}`);
  const isEnded = await watch(worker, held, attempt.job);
  if (held.lost.aborted || !(isEnded || bound)) return false;
  const { now, ending, isUnfinished } = await endOf(worker, attempt.job, await attempt.ended);
  if (isEnded || !isUnfinished) return end(worker, held, now, ending);
  await client.job.update({ where: { id: job.id }, data: { state: "queued", pid: null } });
  report(`${titleOf(job)}: given back`);
  return false;
}

/** How a job's process ended, and whether another one should go on with it if this was not its own wish. */
async function endOf({ client, root }: Worker, job: Job, code: number | null | undefined) {
  const now = (await findJob(client, job.id)) ?? job;
  const ending = await endingOf(root, now, code);
  return { now, ending, isUnfinished: !now.stop && (ending.state === "stopped" || ending.state === "lost") };
}

/** Writes down how a job ended, as soon as that can be done. Returns false where another worker has it by now. */
async function end(
  { client, report }: Worker,
  { lost }: Held,
  job: Job,
  { state, reason }: Ending,
): Promise<boolean> {
  while (!lost.aborted) {
    try {
      await client.job.update({ where: { id: job.id }, data: { state, reason, pid: null } });
      if (job.kind === "train") await takeIn(client, job.folder).catch(() => undefined); // there may be none
      report(`${titleOf(job)}: ${[state, reason].filter(Boolean).join(". ")}`);
      return true;
    } catch (error) {
      report(sentenceOf(error));
      await sleep(PAUSE);
    }
  }
  return false;
}

const titleOf = ({ kind, folder }: Job): string => `${kind} ${folder}`;

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
