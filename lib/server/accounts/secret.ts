import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A new secret of 256 random bits, in 43 characters of base64url. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** A new name of so many random bytes, in hex: not a secret by itself. */
export const newId = (bytes: number): string => randomBytes(bytes).toString("hex");

/** What is kept of a secret: its sha256, in hex. What is as random as this needs no slow hash, unlike a password. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Whether a hash was made from this secret, told in the same time wherever they differ. */
export function fits(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash));
}
