import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { NacreError } from "../../../engine/errors.ts";
import type { Client } from "../database.ts";
import { askToStop, isRunning } from "../runs/process.ts";
import { readRunFolder } from "../runs/run-folder.ts";
import { takeIn } from "../runs/take-in.ts";
import { findJob, type Job } from "./job-store.ts";
import type { Ending } from "./outcome.ts";
import { start } from "./program.ts";
import type { Held } from "./queue.ts";
import type { Worker } from "./worker.ts";

/** A job whose process was started. */
export interface Attempt {
  readonly job: Job;
  /** Whether there was a run to go on with. */
  readonly goesOn: boolean;
  /** Resolves to the exit code, null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Milliseconds between two looks at a process. */
const LOOK_EVERY = 1000;
/** Looks between two words to the database about how a run goes. */
const TELL_EVERY = 10;

/** Starts a job's process, from the run's newest checkpoint where there is one; or says why that cannot be. */
export async function begin(
  root: string,
  client: Client,
  job: Job,
  bound: boolean,
): Promise<Attempt | Ending> {
  const { id, kind, folder } = job;
  const goesOn = kind === "train" && existsSync(join(/* turbopackIgnore: true */ folder, "run.json"));
  const run = goesOn ? await readRunFolder(folder) : undefined;
  if (run?.outcome === "finished") return { state: "finished", reason: null };
  // Of a run on another machine it is the queue that knows.
  if (run?.process?.host === hostname())
    return { state: "failed", reason: `Somebody else is training in ${folder}. Wait until that has ended.` };
  const missing = goesOn ? undefined : missingData(job);
  if (missing !== undefined)
    return {
      state: "failed",
      reason: `There is no ${missing} on ${hostname()}, where it was to be learnt from. Put the data at the same path on every machine that works.`,
    };
  const started = new Date();
  try {
    const { pid, ended } = await start(root, id, kind, wordsOf(job, goesOn), bound);
    const data = { state: "running", started, host: hostname(), pid, reason: null };
    const active = { id, state: { in: ["queued", "running"] } };
    const { count } = await client.job.updateMany({ where: active, data });
    // Somebody changed their mind in this very moment.
    if (count === 0) askToStop({ pid, host: hostname() });
    return { job: { ...job, ...data, state: "running" }, goesOn, ended };
  } catch (error) {
    if (error instanceof NacreError) return { state: "failed", reason: error.message };
    throw error;
  }
}

/**
 * Watches a job's process to its end, and asks a training to stop where that is wished for. Resolves to false where it
 * is no end of its own: this worker is to end, or has lost the job. What is bound to the worker is stopped then.
 */
export async function watch({ client, signal, bound }: Worker, { lost }: Held, job: Job): Promise<boolean> {
  const { id, kind, folder } = job;
  const process = { pid: job.pid!, host: job.host! };
  const isOff = () => lost.aborted || signal.aborted;
  let isAsked = false;
  for (let looks = 0; isRunning(process.pid, folder); looks++) {
    if (isOff() && !bound) return false;
    const now = await findJob(client, id).catch(() => undefined); // asked again in a moment
    if (kind === "train" && !isAsked && (isOff() || now?.stop)) isAsked = askToStop(process);
    // Those who cannot see this machine's folders are told from here; there may be nothing to tell yet.
    if (kind === "train" && bound && looks % TELL_EVERY === 0)
      await takeIn(client, folder).catch(() => undefined);
    await sleep(LOOK_EVERY);
  }
  return !isOff();
}

/** Whether a job's process is on this machine. */
export const isHere = ({ host, pid, folder }: Job): boolean =>
  host === hostname() && pid !== null && isRunning(pid, folder);

/** The folder or file that a new run would learn from and that is not here. */
function missingData({ words }: Job): string | undefined {
  const at = words.indexOf("--data");
  const data = at < 0 ? undefined : words[at + 1];
  return data === undefined || existsSync(/* turbopackIgnore: true */ data) ? undefined : data;
}

/** The words after "npm run train --" or "npm run release --". */
function wordsOf({ kind, task, words, folder }: Job, goesOn: boolean): readonly string[] {
  if (kind === "release") return [folder];
  return goesOn
    ? [task, "--resume", folder, "--no-release"]
    : [task, ...words, "--out", folder, "--no-release"];
}
