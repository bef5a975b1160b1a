import { cookies } from "next/headers";
import { Attempts } from "../../lib/server/attempts.ts";
import { COOKIE_SECONDS, ownerCookie, ownerToken, pass, sameSecret } from "../../lib/server/owner.ts";
import { isForeign, problem } from "../../lib/server/owners-only.ts";

/** Wrong tokens within a minute, from whomever. */
const attempts = new Attempts(10, 60_000);

/** The longest body that is read: a token fits well. */
const MOST_BYTES = 4096;

/** Signs in: whoever sends the owner's token, as plain text, gets a pass. */
export async function POST(request: Request): Promise<Response> {
  if (isForeign(request)) return problem(403, "Another site's page may not do this.");
  const wait = Math.ceil(attempts.wait() / 1000);
  if (wait > 0)
    return problem(429, `Too many wrong tokens. Wait ${wait} s.`, { "Retry-After": String(wait) });
  if (Number(request.headers.get("content-length") ?? Number.NaN) > MOST_BYTES)
    return problem(413, "That is no token.");
  const token = await ownerToken(process.cwd());
  if (!sameSecret((await request.text()).trim(), token)) {
    attempts.failed();
    return problem(401, "That is not the owner's token.");
  }
  const isSecure = (request.headers.get("x-forwarded-proto") ?? new URL(request.url).protocol).startsWith(
    "https",
  );
  (await cookies()).set(ownerCookie, pass(token, Date.now() + 1000 * COOKIE_SECONDS), {
    ...{ httpOnly: true, sameSite: "strict", secure: isSecure, path: "/", maxAge: COOKIE_SECONDS },
  });
  return new Response(null, { status: 204 });
}

/** Signs out. */
export async function DELETE(request: Request): Promise<Response> {
  if (isForeign(request)) return problem(403, "Another site's page may not do this.");
  (await cookies()).delete(ownerCookie);
  return new Response(null, { status: 204 });
}
