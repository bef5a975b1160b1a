import type { Client } from "../database.ts";
import { fits, hashOf, newId, newSecret } from "./secret.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long a session lives, in ms (OWASP Session Management Cheat Sheet; NIST SP 800-63B-4 §2.1.3: 30 days). */
export const sessionTimes = {
  /** Without being used. */
  idle: 7 * DAY,
  /** In all. */
  absolute: 30 * DAY,
  /** With one secret. */
  secret: 15 * MINUTE,
  /** With the secret before, once the new one has come back: for requests that were under way. */
  overlap: 10_000,
} as const;

/** How far ahead another process's clock may be, in ms. */
const SLACK = MINUTE;

/** A session that holds. */
export interface FoundSession {
  readonly id: string;
  /** Whether it should get a new secret, by renewSession. */
  readonly isDue: boolean;
  /** sha256 of what was shown, and what is kept now. */
  readonly shownHash: string;
  readonly keptHash: string;
}

const cookie = (id: string, secret: string) => `${id}.${secret}`;
const pattern = /^([0-9a-f]{32})\.([\w-]{43})$/;

/** Begins a session and returns its cookie's value. Those that have ended by themselves are forgotten. */
export async function beginSession(client: Client, now = Date.now()): Promise<string> {
  const [id, secret, at] = [newId(16), newSecret(), new Date(now)];
  await client.$transaction([
    client.session.deleteMany({
      where: {
        OR: [
          { started: { lte: new Date(now - sessionTimes.absolute) } },
          { seen: { lte: new Date(now - sessionTimes.idle) } },
        ],
      },
    }),
    client.session.create({
      data: { id, hash: hashOf(secret), started: at, seen: at, rotated: at, confirmed: at },
    }),
  ]);
  return cookie(id, secret);
}

/**
 * The session of a cookie. One that is too old, or from the future because a clock was wrong, is ended; so is one of
 * which an earlier secret is shown after its time, because then two have it: "replayed".
 */
export async function findSession(
  client: Client,
  shown: string,
  now = Date.now(),
): Promise<FoundSession | "replayed" | undefined> {
  const [, id, secret] = pattern.exec(shown) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const session = await client.session.findUnique({ where: { id } });
  if (session === null) return undefined;
  const age = (time: Date) => now - time.getTime();
  const { started, seen, rotated, confirmed, hash, oldHash } = session;
  const isFromFuture = [started, seen, rotated].some((time) => age(time) < -SLACK);
  if (isFromFuture || age(started) >= sessionTimes.absolute || age(seen) >= sessionTimes.idle) {
    await endSession(client, id);
    return undefined;
  }
  const found = { id, shownHash: hashOf(secret), keptHash: hash };
  if (fits(secret, hash)) {
    if (confirmed === null || age(seen) >= MINUTE)
      // Where it was renewed meanwhile, that stands.
      await client.session.updateMany({
        where: { id, hash },
        data: { seen: new Date(now), confirmed: confirmed ?? new Date(now) },
      });
    return { ...found, isDue: age(rotated) >= sessionTimes.secret };
  }
  if (oldHash !== null && fits(secret, oldHash)) {
    // An answer that is lost on its way must not end the session: until the new secret comes back, the old one holds.
    if (confirmed === null) return { ...found, isDue: age(rotated) >= sessionTimes.overlap };
    if (age(confirmed) < sessionTimes.overlap) return { ...found, isDue: false };
  }
  await endSession(client, id);
  return "replayed";
}

/** Gives a session a new secret and returns its cookie's value; undefined where another request was faster. */
export async function renewSession(
  client: Client,
  { id, shownHash, keptHash }: FoundSession,
  now = Date.now(),
): Promise<string | undefined> {
  const [secret, at] = [newSecret(), new Date(now)];
  const { count } = await client.session.updateMany({
    where: { id, hash: keptHash },
    data: { hash: hashOf(secret), oldHash: shownHash, rotated: at, seen: at, confirmed: null },
  });
  return count === 1 ? cookie(id, secret) : undefined;
}

/** Ends a session. */
export async function endSession(client: Client, id: string): Promise<void> {
  await client.session.deleteMany({ where: { id } });
}

/** Ends all sessions; returns how many there were. */
export async function endSessions(client: Client): Promise<number> {
  return (await client.session.deleteMany()).count;
}
