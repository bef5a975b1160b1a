import { listTasks } from "../../lib/server/releases.ts";

/** Read at every request: a release that was trained a moment ago is in the list. */
export const dynamic = "force-dynamic";

/** The tasks and the versions of their releases: what programs and the service worker get at /models. */
export async function GET(): Promise<Response> {
  const tasks = await listTasks();
  return Response.json(
    tasks.map(({ task, releases }) => ({
      task,
      title: releases[0]?.title,
      releases: releases.map((release) => release.version),
    })),
    { headers: { "Cache-Control": "no-cache" } },
  );
}
