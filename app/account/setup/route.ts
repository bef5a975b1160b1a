import { z } from "zod";
import { noteDeed } from "../../../lib/server/accounts/deeds.ts";
import { hasSucceeded, waitToTry } from "../../../lib/server/accounts/limits.ts";
import { finishSetup, isSetUp } from "../../../lib/server/accounts/owner.ts";
import { beginSession } from "../../../lib/server/accounts/sessions.ts";
import { appDatabase } from "../../../lib/server/app-database.ts";
import { doerOf } from "../../../lib/server/callers.ts";
import { readForm } from "../../../lib/server/form.ts";
import { answer, problem, setSession } from "../../../lib/server/owners-only.ts";

const form = z.object({ code: z.string(), password: z.string() });

/** Sets the first password for whoever has the setup code, and signs in. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async (caller) => {
    const { code, password } = await readForm(request, form);
    const { client } = await appDatabase();
    if (await isSetUp(client)) return problem(409, "There is a password already. Sign in with it.");
    const { address } = doerOf(request, caller);
    const wait = await waitToTry(client, address);
    if (wait > 0)
      return problem(429, `Too many wrong codes. Wait ${wait} s.`, { "Retry-After": String(wait) });
    if (!(await finishSetup(client, code, password))) {
      await noteDeed(client, { who: "visitor", address }, "setup-failed", "");
      return problem(401, "That is not the setup code, or somebody has just used it.");
    }
    await hasSucceeded(client, address);
    await noteDeed(client, { who: "owner", address }, "setup", "");
    return setSession(new Response(null, { status: 204 }), request, await beginSession(client));
  });
}
