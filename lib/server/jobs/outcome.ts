import { basename } from "node:path";
import type { JobState } from "../../runs/job.ts";
import { readRunFolder } from "../runs/run-folder.ts";
import type { Job } from "./job-store.ts";
import { lastSentence, said } from "./program.ts";

/** How a job's process ended. */
export interface Ending {
  readonly state: Exclude<JobState, "queued" | "running">;
  readonly reason: string | null;
}

/**
 * How the process of a job ended that is not there any more, by what it left behind.
 *
 * @param code its exit code; null where a signal ended it, undefined where nobody saw it end
 */
export async function endingOf(root: string, job: Job, code: number | null | undefined): Promise<Ending> {
  const { out, err } = await said(root, job.id);
  const unsaid: Ending =
    code || (code === undefined && err.trim() !== "")
      ? { state: "failed", reason: lastSentence(err) ?? null }
      : { state: "lost", reason: null };
  const ending = job.kind === "release" ? releaseEnding(out, unsaid) : await runEnding(job, code, unsaid);
  return job.stop && ending.state !== "finished" ? { state: "stopped", reason: null } : ending;
}

/** A release says last where it is. */
function releaseEnding(out: string, unsaid: Ending): Ending {
  const made = out.trim().split("\n").at(-1);
  return made ? { state: "finished", reason: basename(made) } : unsaid;
}

/** A run says in its folder how it ended, if it came so far. */
async function runEnding(job: Job, code: number | null | undefined, unsaid: Ending): Promise<Ending> {
  const run = await readRunFolder(job.folder).catch(() => undefined);
  const wasHeard =
    run !== undefined && job.started !== null && Date.parse(run.heard) >= job.started.getTime();
  if (!wasHeard) return unsaid;
  const { outcome, reason } = run;
  if (outcome === "finished" || outcome === "stopped" || outcome === "failed")
    return { state: outcome, reason };
  // It had begun. Progress on stderr is no reason; what an exit code goes with is.
  return code ? unsaid : { state: "lost", reason: null };
}
