import { noteDeed } from "../../../lib/server/accounts/deeds.ts";
import { endSessions } from "../../../lib/server/accounts/sessions.ts";
import { appDatabase } from "../../../lib/server/app-database.ts";
import { setSession, signedInOnly } from "../../../lib/server/owners-only.ts";

/** Signs out everywhere. */
export function DELETE(request: Request): Promise<Response> {
  return signedInOnly(request, async (doer) => {
    const { client } = await appDatabase();
    await noteDeed(client, doer, "sign-out-everywhere", String(await endSessions(client)));
    return setSession(new Response(null, { status: 204 }), request, undefined);
  });
}
