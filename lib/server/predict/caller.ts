import { ownerToken, sameSecret } from "../owner.ts";
import { peerAddress } from "../peer-address.ts";
import { Refusal } from "./refusal.ts";

/** Who asks. */
export interface Caller {
  /** The same for the same caller, among all callers. */
  readonly id: string;
  readonly hasKey: boolean;
}

/** Who sent a request: whoever has the key, or an address. Throws a Refusal 401 where the key is none. */
export async function callerOf(request: Request): Promise<Caller> {
  const given = request.headers.get("authorization");
  if (given === null) return { id: `address ${peerAddress(request)}`, hasKey: false };
  const [, key] = /^Bearer (\S+)$/i.exec(given) ?? [];
  if (key !== undefined && sameSecret(key, await ownerToken(process.cwd())))
    return { id: "owner", hasKey: true };
  throw new Refusal(401, "The key is not valid. Leave it out, or send one that is.", {
    "WWW-Authenticate": "Bearer",
  });
}
