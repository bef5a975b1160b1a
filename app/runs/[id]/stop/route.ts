import { noteDeed } from "../../../../lib/server/accounts/deeds.ts";
import { appDatabase } from "../../../../lib/server/app-database.ts";
import { ownersOnly, problem } from "../../../../lib/server/owners-only.ts";
import { askToStop } from "../../../../lib/server/runs/process.ts";
import { readRunFolder } from "../../../../lib/server/runs/run-folder.ts";
import { findRun } from "../../../../lib/server/runs/run-store.ts";

/** Stops a run as Ctrl-C in its terminal does: after a checkpoint. */
export function POST(
  request: Request,
  { params }: { readonly params: Promise<{ readonly id: string }> },
): Promise<Response> {
  return ownersOnly(request, async (doer) => {
    const { id } = await params;
    const { client } = await appDatabase();
    const run = await findRun(client, id);
    if (run === undefined) return problem(404, "There is no such run.");
    const { process } = await readRunFolder(run.folder);
    if (process === undefined || !askToStop(process))
      return problem(409, "This run is not going on, or does so on another machine.");
    await noteDeed(client, doer, "stop", id);
    return new Response(null, { status: 202 });
  });
}
