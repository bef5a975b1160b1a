import { type Doer, noteDeed } from "./accounts/deeds.ts";
import { findKey, type KnownKey } from "./accounts/keys.ts";
import { type FoundSession, findSession } from "./accounts/sessions.ts";
import { appDatabase } from "./app-database.ts";
import { problem } from "./problem.ts";

/** Who sent a request. */
export type Caller =
  | { readonly kind: "visitor" }
  /** A browser in which the owner has signed in. */
  | { readonly kind: "owner"; readonly session: FoundSession }
  /** A program with an API key. */
  | ({ readonly kind: "key" } & KnownKey);

/** The cookie of a browser in which the owner has signed in. */
export const sessionCookie = "nacre-session";

/**
 * Who sent a request; a 401 where it shows an API key ("Authorization: Bearer …", RFC 6750 §2.1) that was revoked or
 * never was. Without a key and a cookie nothing is looked up: visitors are answered without a database too.
 *
 * @throws NacreError("storage") where the database cannot be opened
 */
export async function callerOf(request: Request): Promise<Caller | Response> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const [, key] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    const known = key && (await findKey((await appDatabase()).client, key));
    if (known) return { kind: "key", ...known };
    return problem(401, "This API key is not known here. It may have been revoked: make another one.", {
      "WWW-Authenticate": 'Bearer error="invalid_token"',
    });
  }
  const session = await shownSession(cookieIn(request, sessionCookie), addressOf(request.headers));
  return session ? { kind: "owner", session } : { kind: "visitor" };
}

/** The session of a cookie's value, if it holds; that one was replayed is written down. */
export async function shownSession(
  shown: string | undefined,
  address: string | null,
): Promise<FoundSession | undefined> {
  if (shown === undefined) return undefined;
  const { client } = await appDatabase();
  const session = await findSession(client, shown);
  if (session !== "replayed") return session;
  await noteDeed(client, { who: "visitor", address }, "replay", "");
  return undefined;
}

/** How a caller is written down. */
export function doerOf(request: Request, caller: Caller): Doer {
  return {
    who: caller.kind === "key" ? `key ${caller.id}` : caller.kind,
    address: addressOf(request.headers),
  };
}

/** Where a request comes from: what the server (noteAddresses) or the nearest proxy wrote; null where nobody did. */
export function addressOf(headers: Headers): string | null {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return last?.slice(0, 45) || null; // the longest IPv6 address
}

/** A cookie's value (RFC 6265 §4.2.1); undefined where it is missing. */
function cookieIn(request: Request, name: string): string | undefined {
  const pairs = request.headers.get("cookie")?.split(/; */) ?? [];
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
