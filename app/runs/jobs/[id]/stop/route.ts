import { noteDeed } from "../../../../../lib/server/accounts/deeds.ts";
import { appDatabase } from "../../../../../lib/server/app-database.ts";
import { stopJob } from "../../../../../lib/server/jobs/job-store.ts";
import { ownersOnly, problem } from "../../../../../lib/server/owners-only.ts";

/** Stops what was asked for, on whichever machine it is: at once if it waits, after a checkpoint if it goes on. */
export function POST(
  request: Request,
  { params }: { readonly params: Promise<{ readonly id: string }> },
): Promise<Response> {
  return ownersOnly(request, async (doer) => {
    const { id } = await params;
    const { client } = await appDatabase();
    if (!(await stopJob(client, id))) return problem(409, "There is nothing to stop.");
    await noteDeed(client, doer, "stop", id);
    return new Response(null, { status: 202 });
  });
}
