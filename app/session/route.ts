import { z } from "zod";
import { noteDeed } from "../../lib/server/accounts/deeds.ts";
import { hasSucceeded, waitToTry } from "../../lib/server/accounts/limits.ts";
import { isPassword, isSetUp } from "../../lib/server/accounts/owner.ts";
import { beginSession, endSession } from "../../lib/server/accounts/sessions.ts";
import { appDatabase } from "../../lib/server/app-database.ts";
import { doerOf } from "../../lib/server/callers.ts";
import { readForm } from "../../lib/server/form.ts";
import { answer, problem, setSession, signedInOnly } from "../../lib/server/owners-only.ts";

const form = z.object({ password: z.string() });

/** Signs in: whoever sends the owner's password gets a session. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async (caller) => {
    const { password } = await readForm(request, form);
    const { client } = await appDatabase();
    if (!(await isSetUp(client))) return problem(409, "There is no password yet. Set one on /account.");
    const { address } = doerOf(request, caller);
    const wait = await waitToTry(client, address);
    if (wait > 0)
      return problem(429, `Too many wrong passwords. Wait ${wait} s.`, { "Retry-After": String(wait) });
    if (!(await isPassword(client, password))) {
      await noteDeed(client, { who: "visitor", address }, "sign-in-failed", "");
      return problem(401, "That is not the password.");
    }
    await hasSucceeded(client, address);
    // What the browser had until now is of no use to anybody from here on.
    if (caller.kind === "owner") await endSession(client, caller.session.id);
    await noteDeed(client, { who: "owner", address }, "sign-in", "");
    return setSession(new Response(null, { status: 204 }), request, await beginSession(client));
  });
}

/** Keeps a session going: it gets a new secret where that is due. Pages cannot set cookies and ask for it here. */
export function PUT(request: Request): Promise<Response> {
  return signedInOnly(request, async () => new Response(null, { status: 204 }));
}

/** Signs out in this browser. */
export function DELETE(request: Request): Promise<Response> {
  return answer(request, async (caller) => {
    if (caller.kind === "owner") {
      const { client } = await appDatabase();
      await endSession(client, caller.session.id);
      await noteDeed(client, doerOf(request, caller), "sign-out", "");
    }
    return setSession(new Response(null, { status: 204 }), request, undefined);
  });
}
