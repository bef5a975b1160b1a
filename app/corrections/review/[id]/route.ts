import { z } from "zod";
import { noteDeed } from "../../../../lib/server/accounts/deeds.ts";
import { appDatabase } from "../../../../lib/server/app-database.ts";
import { isClassOf } from "../../../../lib/server/corrections/claim.ts";
import { accept, findWaiting, reject } from "../../../../lib/server/corrections/inbox.ts";
import { readForm } from "../../../../lib/server/form.ts";
import { ownersOnly, problem } from "../../../../lib/server/owners-only.ts";
import { listReleases } from "../../../../lib/server/releases.ts";

const verdict = z.union([z.object({ accept: z.string().nullable() }), z.object({ reject: z.literal(true) })]);

/** Accepts a correction as a class, or as none of them ({ "accept": null }); or rejects it ({ "reject": true }). */
export function POST(
  request: Request,
  { params }: { readonly params: Promise<{ readonly id: string }> },
): Promise<Response> {
  return ownersOnly(request, async (doer) => {
    const data = await readForm(request, verdict);
    const { client } = await appDatabase();
    const correction = await findWaiting(client, Number((await params).id));
    if (correction === undefined) return problem(409, "It was reviewed already.");
    const { task, version } = correction;
    if ("accept" in data) {
      const releases = (await listReleases(task)).map(({ manifest }) => manifest);
      const release = releases.find((one) => one.version === version) ?? releases[0];
      if (release === undefined || !isClassOf(release.classes, data.accept))
        return problem(422, "The task has no such class.");
    }
    const isDone =
      "accept" in data
        ? await accept(process.cwd(), client, correction, data.accept)
        : await reject(process.cwd(), client, correction);
    if (!isDone) return problem(409, "It was reviewed already.");
    const action = "accept" in data ? "accept" : "reject";
    await noteDeed(client, doer, action, `${task}/${correction.sha256.slice(0, 12)}`);
    return new Response(null, { status: 204 });
  });
}
