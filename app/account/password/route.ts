import { z } from "zod";
import { noteDeed } from "../../../lib/server/accounts/deeds.ts";
import { waitToTry } from "../../../lib/server/accounts/limits.ts";
import { isPassword, setPassword } from "../../../lib/server/accounts/owner.ts";
import { beginSession } from "../../../lib/server/accounts/sessions.ts";
import { appDatabase } from "../../../lib/server/app-database.ts";
import { readForm } from "../../../lib/server/form.ts";
import { problem, setSession, signedInOnly } from "../../../lib/server/owners-only.ts";

const form = z.object({ current: z.string(), password: z.string() });

/** Changes the password and signs out everywhere else; 403 for a wrong one, as 401 is for whoever is not signed in. */
export function PUT(request: Request): Promise<Response> {
  return signedInOnly(request, async (doer) => {
    const { current, password } = await readForm(request, form);
    const { client } = await appDatabase();
    const wait = await waitToTry(client, doer.address);
    if (wait > 0)
      return problem(429, `Too many wrong passwords. Wait ${wait} s.`, { "Retry-After": String(wait) });
    if (!(await isPassword(client, current))) {
      await noteDeed(client, doer, "sign-in-failed", "");
      return problem(403, "That is not the password.");
    }
    await setPassword(client, password);
    await noteDeed(client, doer, "password", "");
    return setSession(new Response(null, { status: 204 }), request, await beginSession(client));
  });
}
