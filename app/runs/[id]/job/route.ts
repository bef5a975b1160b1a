import { noteDeed } from "../../../../lib/server/accounts/deeds.ts";
import { appJobs } from "../../../../lib/server/jobs/app-jobs.ts";
import { addJob } from "../../../../lib/server/jobs/job-store.ts";
import { furtherJob } from "../../../../lib/server/jobs/shown-jobs.ts";
import { ownersOnly, problem } from "../../../../lib/server/owners-only.ts";
import { currentRun } from "../../../../lib/server/runs/shown.ts";

/** Asks for what can be done with a run: to go on with it, or to release what came out of it. */
export function POST(
  request: Request,
  { params }: { readonly params: Promise<{ readonly id: string }> },
): Promise<Response> {
  return ownersOnly(request, async (doer) => {
    const { id } = await params;
    const run = await currentRun(id);
    if (run === undefined) return problem(404, "There is no such run.");
    const kind = await furtherJob(run);
    if (kind === undefined) return problem(409, "There is nothing to do with this run now.");
    const { client, queue } = await appJobs();
    const { task, folder } = run;
    const job = await addJob(client, { kind, task, words: [], folder });
    await queue.announce(job);
    await noteDeed(client, doer, kind === "train" ? "resume" : "release", id);
    return Response.json({ id: job }, { status: 201 });
  });
}
