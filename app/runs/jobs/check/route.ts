import { readForm } from "../../../../lib/server/form.ts";
import { lookAhead } from "../../../../lib/server/jobs/ask.ts";
import { wishes } from "../../../../lib/server/jobs/wishes.ts";
import { ownersOnly } from "../../../../lib/server/owners-only.ts";

/** Says what a training would be. */
export function POST(request: Request): Promise<Response> {
  return ownersOnly(request, async () =>
    Response.json(await lookAhead(process.cwd(), await readForm(request, wishes))),
  );
}
