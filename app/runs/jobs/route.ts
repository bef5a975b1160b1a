import { noteDeed } from "../../../lib/server/accounts/deeds.ts";
import { readForm } from "../../../lib/server/form.ts";
import { appJobs } from "../../../lib/server/jobs/app-jobs.ts";
import { askForTraining } from "../../../lib/server/jobs/ask.ts";
import { wishes } from "../../../lib/server/jobs/wishes.ts";
import { ownersOnly } from "../../../lib/server/owners-only.ts";

/** Puts a training at the end of the queue. */
export function POST(request: Request): Promise<Response> {
  return ownersOnly(request, async (doer) => {
    const wanted = await readForm(request, wishes);
    const { client, queue } = await appJobs();
    const id = await askForTraining(process.cwd(), client, queue, wanted);
    await noteDeed(client, doer, "train", wanted.task, wanted.data);
    return Response.json({ id }, { status: 201 });
  });
}
