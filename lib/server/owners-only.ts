import { cookies, headers } from "next/headers";
import { NacreError } from "../../engine/errors.ts";
import type { Doer } from "./accounts/deeds.ts";
import { type FoundSession, renewSession, sessionTimes } from "./accounts/sessions.ts";
import { appDatabase } from "./app-database.ts";
import { TooLarge } from "./body.ts";
import { addressOf, type Caller, callerOf, doerOf, sessionCookie, shownSession } from "./callers.ts";
import { problem } from "./problem.ts";

export { problem };

/** Whether this page is drawn for a browser in which the owner has signed in; false too where no database says so. */
export async function isOwner(): Promise<boolean> {
  const shown = (await cookies()).get(sessionCookie)?.value;
  try {
    return (await shownSession(shown, addressOf(await headers()))) !== undefined;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

/**
 * Answers a request that changes something: 403 where another site's page sent it, 401 where neither a session's
 * cookie nor an API key that may "manage" came with it, and the sentence of what `change` throws. A session whose
 * secret is due gets a new one with the answer.
 */
export function ownersOnly(request: Request, change: (doer: Doer) => Promise<Response>): Promise<Response> {
  return answer(request, async (caller) => {
    if (caller.kind === "visitor") return problem(401, "Sign in on /account first.");
    if (caller.kind === "key" && caller.scope !== "manage")
      return problem(403, "This API key may only predict. Make one that may manage.");
    return change(doerOf(request, caller));
  });
}

/** The same for the owner in person: what concerns the account is nothing for API keys. */
export function signedInOnly(
  request: Request,
  change: (doer: Doer, session: FoundSession) => Promise<Response>,
): Promise<Response> {
  return answer(request, async (caller) =>
    caller.kind === "owner"
      ? change(doerOf(request, caller), caller.session)
      : problem(401, "Sign in on /account first."),
  );
}

/** The same for anybody, as long as no other site's page asks. */
export async function answer(
  request: Request,
  change: (caller: Caller) => Promise<Response>,
): Promise<Response> {
  if (isForeign(request)) return problem(403, "Another site's page may not do this.");
  try {
    const caller = await callerOf(request);
    if (caller instanceof Response) return caller;
    const response = await change(caller);
    if (caller.kind === "owner" && caller.session.isDue && !response.headers.has("set-cookie")) {
      const renewed = await renewSession((await appDatabase()).client, caller.session);
      if (renewed) setSession(response, request, renewed);
    }
    return response;
  } catch (error) {
    if (error instanceof TooLarge) return problem(413, error.message);
    if (error instanceof NacreError) return problem(error.code === "storage" ? 507 : 422, error.message);
    throw error;
  }
}

/** Gives a browser the cookie of its session, or takes it away; returns the answer. */
export function setSession(response: Response, request: Request, cookie: string | undefined): Response {
  const protocol = request.headers.get("x-forwarded-proto") ?? new URL(request.url).protocol;
  const seconds = cookie === undefined ? 0 : sessionTimes.absolute / 1000;
  const secure = protocol.startsWith("https") ? "; Secure" : "";
  response.headers.append(
    "Set-Cookie",
    `${sessionCookie}=${cookie ?? ""}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`,
  );
  return response;
}

/**
 * Whether a browser says that a page of another origin sent this (Fetch Standard §3.2, Origin; Fetch Metadata,
 * Sec-Fetch-Site). Programs say neither.
 */
export function isForeign(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") return true;
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  return origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host);
}
