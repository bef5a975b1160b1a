import { NacreError } from "../../../engine/errors.ts";
import type { Client } from "../database.ts";
import { hashOf, newId, newSecret } from "./secret.ts";

/** What a key may do: predict alone, or all that its owner may do except on the account page. */
export const keyScopes = ["predict", "manage"] as const;
export type KeyScope = (typeof keyScopes)[number];

/** A key without what makes it one. */
export interface KnownKey {
  /** 12 hex digits; the key begins with "nacre_" and these. */
  readonly id: string;
  readonly name: string;
  readonly scope: KeyScope;
}

/** A key as its owner is shown it; times in ISO 8601. */
export interface ListedKey extends KnownKey {
  readonly made: string;
  /** Give or take a minute; null where it never was used. */
  readonly used: string | null;
}

/** The longest name of a key, in characters. */
export const MOST_NAME = 80;

/** No more keys than this: a page that makes them in a circle must not fill the disk. */
const MOST_KEYS = 200;

const pattern = /^nacre_[0-9a-f]{12}_[\w-]{43}$/;

/**
 * Makes a key and returns it: the one time that it can be read.
 *
 * @throws NacreError("usage") for a name that is empty or too long, and where there are too many keys
 */
export async function makeKey(
  client: Client,
  named: string,
  scope: KeyScope,
  now = Date.now(),
): Promise<KnownKey & { readonly key: string }> {
  const name = named.trim();
  if (name === "" || name.length > MOST_NAME)
    throw new NacreError("usage", `A key needs a name of 1 to ${MOST_NAME} characters.`);
  if ((await client.apiKey.count()) >= MOST_KEYS)
    throw new NacreError("usage", `There are ${MOST_KEYS} keys already. Revoke those that nobody uses.`);
  const id = newId(6);
  const key = `nacre_${id}_${newSecret()}`;
  await client.apiKey.create({ data: { id, name, scope, hash: hashOf(key), made: new Date(now) } });
  return { id, name, scope, key };
}

/** All keys that hold, the newest first. */
export async function listKeys(client: Client): Promise<readonly ListedKey[]> {
  const keys = await client.apiKey.findMany({ orderBy: { made: "desc" } });
  return keys.map(({ id, name, scope, made, used }) => ({
    ...{ id, name, scope: scope as KeyScope },
    made: made.toISOString(),
    used: used?.toISOString() ?? null,
  }));
}

/** Ends a key, from the next request on, and returns what it was; undefined where there is none of that id. */
export async function revokeKey(client: Client, id: string): Promise<KnownKey | undefined> {
  const key = await client.apiKey.findUnique({ where: { id } });
  if (key === null) return undefined;
  await client.apiKey.deleteMany({ where: { id } });
  return { id, name: key.name, scope: key.scope as KeyScope };
}

/** Whose key this is; undefined for one that was revoked or never was. */
export async function findKey(
  client: Client,
  shown: string,
  now = Date.now(),
): Promise<KnownKey | undefined> {
  if (!pattern.test(shown)) return undefined;
  const key = await client.apiKey.findUnique({ where: { hash: hashOf(shown) } });
  if (key === null) return undefined;
  const { id, name, scope, used } = key;
  // Once a minute is enough to know; however the clock goes, it is put right.
  if (used === null || Math.abs(now - used.getTime()) >= 60_000)
    await client.apiKey.updateMany({ where: { id }, data: { used: new Date(now) } });
  return { id, name, scope: scope as KeyScope };
}
