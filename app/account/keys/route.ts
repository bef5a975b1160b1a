import { z } from "zod";
import { noteDeed } from "../../../lib/server/accounts/deeds.ts";
import { keyScopes, makeKey } from "../../../lib/server/accounts/keys.ts";
import { appDatabase } from "../../../lib/server/app-database.ts";
import { readForm } from "../../../lib/server/form.ts";
import { signedInOnly } from "../../../lib/server/owners-only.ts";

const form = z.object({ name: z.string(), scope: z.enum(keyScopes) });

/** Makes an API key, which the answer shows this once. */
export function POST(request: Request): Promise<Response> {
  return signedInOnly(request, async (doer) => {
    const sent = await readForm(request, form);
    const { client } = await appDatabase();
    const made = await makeKey(client, sent.name, sent.scope);
    await noteDeed(client, doer, "key-made", made.name, `${made.id}, ${made.scope}`);
    return Response.json(made, { status: 201, headers: { "Cache-Control": "no-store" } });
  });
}
