import { noteDeed } from "../../../../lib/server/accounts/deeds.ts";
import { revokeKey } from "../../../../lib/server/accounts/keys.ts";
import { appDatabase } from "../../../../lib/server/app-database.ts";
import { problem, signedInOnly } from "../../../../lib/server/owners-only.ts";

/** Revokes an API key, from the next request on. */
export function DELETE(
  request: Request,
  { params }: { readonly params: Promise<{ readonly id: string }> },
): Promise<Response> {
  return signedInOnly(request, async (doer) => {
    const { client } = await appDatabase();
    const revoked = await revokeKey(client, (await params).id);
    if (revoked === undefined) return problem(404, "There is no such key.");
    await noteDeed(client, doer, "key-revoked", revoked.name, `${revoked.id}, ${revoked.scope}`);
    return new Response(null, { status: 204 });
  });
}
