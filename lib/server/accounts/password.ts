import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { NacreError } from "../../../engine/errors.ts";
import {
  LEAST_PASSWORD,
  MOST_PASSWORD,
  normalised,
  type PasswordFault,
  passwordFault,
} from "../../accounts/password-rules.ts";
import { oneAtATime } from "../../inference/one-at-a-time.ts";

/**
 * scrypt (RFC 7914 §2) with N = 2^15, r = 8, p = 3, one of the settings of OWASP's Password Storage Cheat Sheet: 32 MB
 * and about a quarter of a second.
 */
const COST = { ln: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Many who sign in at once must not fill the memory. */
const inTurn = oneAtATime();

const sentences: Readonly<Record<PasswordFault, string>> = {
  short: `The password is too short. Take at least ${LEAST_PASSWORD} characters: some words, for example.`,
  long: `The password is too long. Take no more than ${MOST_PASSWORD} characters.`,
  obvious: "The password is too obvious. Take one that nobody would try first.",
};

/**
 * What is kept of a password: "$scrypt$ln=15,r=8,p=3$salt$hash" (the PHC string format). Throws NacreError("usage") for
 * one that will not do.
 */
export async function sealPassword(password: string): Promise<string> {
  const fault = passwordFault(password);
  if (fault) throw new NacreError("usage", sentences[fault]);
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  const { ln, r, p } = COST;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;
}

/** Whether this is the password that was sealed. Takes as long whether it is or not. */
export async function opens(password: string, sealed: string): Promise<boolean> {
  const [, ln, r, p, salt, kept] = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(sealed)!;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const hash = await derive(password, Buffer.from(salt!, "base64"), cost);
  return timingSafeEqual(hash, Buffer.from(kept!, "base64"));
}

function derive(
  password: string,
  salt: Buffer,
  { ln, r, p }: { readonly ln: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: 128 * r * (2 ** ln + p + 2) };
  const work = () =>
    new Promise<Buffer>((resolve, reject) =>
      scrypt(normalised(password), salt, HASH_BYTES, options, (error, hash) =>
        error ? reject(error) : resolve(hash),
      ),
    );
  return inTurn(work);
}

/** As the format wants it: without padding. */
const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
