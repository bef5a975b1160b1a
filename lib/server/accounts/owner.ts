import { randomInt } from "node:crypto";
import type { Client } from "../database.ts";
import { opens, sealPassword } from "./password.ts";
import { fits, hashOf } from "./secret.ts";

/** The one row. */
const id = 1;

/**
 * Makes sure that there is a setup code as long as there is no password: the one that is given, or a new one at the
 * first start.
 *
 * @returns a new one, to be shown to whoever started the server; of two processes one gets it
 */
export async function prepareSetup(client: Client, given?: string): Promise<string | undefined> {
  if (given !== undefined) {
    await keepCode(client, given);
    return undefined;
  }
  if ((await client.owner.findUnique({ where: { id } })) !== null) return undefined;
  const code = newCode();
  // Of two who create at once, the database lets one.
  const isOurs = await client.owner.create({ data: { id, setupHash: codeHash(code) } }).then(
    () => true,
    async (error) => {
      if ((await client.owner.findUnique({ where: { id } })) === null) throw error;
      return false;
    },
  );
  return isOurs ? code : undefined;
}

/** A new setup code in place of the one before; undefined where there is a password already. */
export async function renewCode(client: Client): Promise<string | undefined> {
  const code = newCode();
  return (await keepCode(client, code)) ? code : undefined;
}

async function keepCode(client: Client, code: string): Promise<boolean> {
  const setupHash = codeHash(code);
  await client.owner.upsert({ where: { id }, create: { id, setupHash }, update: {} });
  const { count } = await client.owner.updateMany({ where: { id, password: null }, data: { setupHash } });
  return count === 1;
}

/** Whether the owner has a password. */
export async function isSetUp(client: Client): Promise<boolean> {
  return ((await client.owner.findUnique({ where: { id } }))?.password ?? null) !== null;
}

/**
 * Sets the first password for whoever has the setup code, and uses it up; of several at once, one wins. Throws
 * NacreError("usage") for a password that will not do: the code is still good.
 */
export async function finishSetup(client: Client, code: string, password: string): Promise<boolean> {
  const setupHash = codeHash(code);
  const owner = await client.owner.findUnique({ where: { id } });
  if (!owner?.setupHash || !fits(plain(code), owner.setupHash)) return false;
  const sealed = await sealPassword(password);
  const { count } = await client.owner.updateMany({
    where: { id, password: null, setupHash },
    data: { password: sealed, setupHash: null },
  });
  return count === 1;
}

/**
 * Sets the password, ends all sessions and forgets what was tried, for whoever has proved to be the owner. Throws
 * NacreError("usage") for a password that will not do.
 */
export async function setPassword(client: Client, newPassword: string): Promise<void> {
  const password = await sealPassword(newPassword);
  await client.$transaction([
    client.owner.upsert({ where: { id }, create: { id, password }, update: { password, setupHash: null } }),
    client.session.deleteMany(),
    client.attempt.deleteMany(),
  ]);
}

/** Whether this is the owner's password; false where there is none yet. */
export async function isPassword(client: Client, password: string): Promise<boolean> {
  const sealed = (await client.owner.findUnique({ where: { id } }))?.password ?? null;
  return sealed !== null && (await opens(password, sealed));
}

/** Letters and digits that are not mistaken for each other (Crockford's Base32). */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** 100 random bits to type: "8k2m-…", five groups of four. */
function newCode(): string {
  const four = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return Array.from({ length: 5 }, four).join("-");
}

/** A code without what was only for the eye. */
const plain = (code: string): string => code.toLowerCase().replace(/[\s-]/g, "");

const codeHash = (code: string): string => hashOf(plain(code));
