import { cookies } from "next/headers";
import { NacreError } from "../../engine/errors.ts";
import { isPass, ownerCookie, ownerToken, sameSecret } from "./owner.ts";
import { problem } from "./problem.ts";

export { problem };

/** Whether this page is drawn for a browser that has shown the owner's token. */
export async function isOwner(): Promise<boolean> {
  const shown = (await cookies()).get(ownerCookie)?.value;
  return shown !== undefined && isPass(await ownerToken(process.cwd()), shown);
}

/**
 * Answers a request that changes something: 403 where another site's page sent it, 401 where neither a pass nor the
 * token ("Authorization: Bearer …") came with it, and the sentence of what `change` throws.
 */
export async function ownersOnly(request: Request, change: () => Promise<Response>): Promise<Response> {
  if (isForeign(request)) return problem(403, "Another site's page may not do this.");
  const [, bearer] = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  const isAllowed =
    bearer === undefined ? await isOwner() : sameSecret(bearer, await ownerToken(process.cwd()));
  if (!isAllowed) return problem(401, "Sign in with the owner's token first.");
  try {
    return await change();
  } catch (error) {
    if (error instanceof NacreError) return problem(error.code === "storage" ? 507 : 422, error.message);
    throw error;
  }
}

/** Whether a browser says that a page of another origin sent this (Fetch Standard §3.2, Origin). */
export function isForeign(request: Request): boolean {
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  return origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host);
}
