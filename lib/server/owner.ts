import { createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NacreError } from "../../engine/errors.ts";
import { storageError } from "../../engine/train/writeWhole.ts";
import { dataFolder } from "./data-folder.ts";

/** The cookie of a browser that has shown the token. */
export const ownerCookie = "nacre-owner";

/** How long a browser is believed, in s. */
export const COOKIE_SECONDS = 30 * 24 * 3600;

/** A token that somebody thought up must be at least so long. */
const LEAST_LENGTH = 16;

/**
 * The secret of whoever runs this server: NACRE_TOKEN, or one that is made at the first start and lies in the data
 * folder, for its owner's eyes alone. Throws NacreError("usage") where NACRE_TOKEN is too short, ("storage").
 */
export async function ownerToken(root: string): Promise<string> {
  const given = process.env.NACRE_TOKEN;
  if (given !== undefined && given !== "") {
    if (given.length >= LEAST_LENGTH) return given;
    throw new NacreError("usage", `NACRE_TOKEN is too short. Give it at least ${LEAST_LENGTH} characters.`);
  }
  const path = tokenFile(root);
  const kept = await readFile(path, "utf8").catch(() => "");
  return kept.trim() || (await makeToken(root, path));
}

/** Where the token lies that is made at the first start. */
export const tokenFile = (root: string): string => join(dataFolder(root), "token");

async function makeToken(root: string, path: string): Promise<string> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    await mkdir(dataFolder(root), { recursive: true, mode: 0o700 });
    await writeFile(temporary, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600, flush: true });
    // Whole or not at all, and never over another process's: a link does not replace.
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    return (await readFile(path, "utf8")).trim();
  } catch (cause) {
    throw storageError(path, cause);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Compares in the same time wherever two texts differ. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** What a browser that has shown the token gets to show from then on: an end in ms since 1970, and its seal. */
export function pass(token: string, end: number): string {
  return `${end}.${createHmac("sha256", token).update(`owner until ${end}`).digest("base64url")}`;
}

/** Whether a pass was given out for this token and has not come to its end. Another token ends all passes. */
export function isPass(token: string, shown: string, now = Date.now()): boolean {
  const end = Number(shown.slice(0, shown.indexOf(".")));
  // One that ends later than any that is given out today was made by a clock that was wrong.
  const plausible = end > now && end <= now + 1000 * COOKIE_SECONDS + 60_000;
  return plausible && sameSecret(shown, pass(token, end));
}
