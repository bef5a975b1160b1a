import { appDatabase } from "../../../../lib/server/app-database.ts";
import { isOwner, problem } from "../../../../lib/server/owners-only.ts";
import { runNews } from "../../../../lib/server/runs/news.ts";
import { findRun } from "../../../../lib/server/runs/run-store.ts";

/** What happens to a run while somebody watches, as server-sent events. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ readonly id: string }> },
): Promise<Response> {
  const { id } = await params;
  const { client } = await appDatabase();
  const run = await findRun(client, id);
  if (run === undefined) return problem(404, "There is no such run.");
  return new Response(runNews(client, run.folder, await isOwner(), request.signal), {
    // Proxies must not gather what is meant for now.
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" },
  });
}
