import { noteDeed } from "../../../../lib/server/accounts/deeds.ts";
import { appDatabase } from "../../../../lib/server/app-database.ts";
import { ownersOnly, problem } from "../../../../lib/server/owners-only.ts";
import { serveRelease } from "../../../../lib/server/releases.ts";

/** Serves the release whose version is the body, from the next request on. */
export function PUT(
  request: Request,
  { params }: { readonly params: Promise<{ readonly task: string }> },
): Promise<Response> {
  return ownersOnly(request, async (doer) => {
    const { task } = await params;
    const version = (await request.text()).trim();
    if (!(await serveRelease(task, version))) return problem(404, "There is no such release.");
    // That it is served does not depend on its being written down.
    await appDatabase()
      .then(({ client }) => noteDeed(client, doer, "serve", `${task}/${version}`))
      .catch((error) => console.error(error));
    return new Response(null, { status: 204 });
  });
}
