import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { kinds, NewDatabases } from "../clients.fixture.ts";
import type { Client } from "../database.ts";
import {
  beginSession,
  endSession,
  endSessions,
  type FoundSession,
  findSession,
  renewSession,
  sessionTimes,
} from "./sessions.ts";

const databases = new NewDatabases();
afterAll(() => databases.close());
const start = Date.parse("2026-01-01T00:00:00Z");
const { idle, absolute, secret: secretTime, overlap } = sessionTimes;

/** The session of a cookie, which must hold. */
async function held(client: Client, cookie: string, now: number): Promise<FoundSession> {
  const found = await findSession(client, cookie, now);
  expect(found).toBeInstanceOf(Object);
  return found as FoundSession;
}

describe.each(kinds)("%s", (kind) => {
  test("a session holds until it is ended, and its secret is not to be read from the database", async () => {
    const client = await databases.open(kind);
    const [one, other] = [await beginSession(client, start), await beginSession(client, start)];
    expect(JSON.stringify(await client.session.findMany())).not.toContain(one.split(".")[1]);
    const { id } = await held(client, one, start + 1);
    expect(one.startsWith(`${id}.`)).toBe(true);
    await endSession(client, id);
    expect(await findSession(client, one, start + 2)).toBeUndefined();
    await held(client, other, start + 2);
    await beginSession(client, start);
    expect(await endSessions(client)).toBe(2);
    expect(await findSession(client, other, start + 2)).toBeUndefined();
  });

  test("it ends when it is not used, and after its time however much it is used", async () => {
    const client = await databases.open(kind);
    const unused = await beginSession(client, start);
    expect(await findSession(client, unused, start + idle)).toBeUndefined();
    expect(await client.session.count()).toBe(0);

    const used = await beginSession(client, start);
    for (let now = start; now < start + absolute; now += idle - 1) await held(client, used, now);
    expect(await findSession(client, used, start + absolute)).toBeUndefined();

    await beginSession(client, start);
    await beginSession(client, start + absolute);
    expect(await client.session.count()).toBe(1); // what has ended is forgotten
  });

  test("it gets a new secret from time to time; requests that were under way still pass", async () => {
    const client = await databases.open(kind);
    const first = await beginSession(client, start);
    expect((await held(client, first, start + secretTime - 1)).isDue).toBe(false);
    const due = start + secretTime;
    const found = await held(client, first, due);
    expect(found.isDue).toBe(true);
    // Two at once: one of them gets the new secret, both pass.
    const renewed = await Promise.all([0, 1].map(() => renewSession(client, found, due)));
    const [second, ...more] = renewed.filter((cookie) => cookie !== undefined);
    expect([typeof second, more]).toEqual(["string", []]);
    expect((await held(client, first, due + 1)).isDue).toBe(false);
    expect((await held(client, second!, due + 1)).isDue).toBe(false);
    await held(client, first, due + overlap);
    await held(client, second!, due + overlap + 1);
  });

  test("an earlier secret that is shown after its time ends the session: two have it", async () => {
    const client = await databases.open(kind);
    const stolen = await beginSession(client, start);
    const due = start + secretTime;
    const renewed = await renewSession(client, await held(client, stolen, due), due);
    await held(client, renewed!, due + 1);
    expect(await findSession(client, stolen, due + 1 + overlap)).toBe("replayed");
    expect(await findSession(client, renewed!, due + 2 + overlap)).toBeUndefined();
    expect(await findSession(client, stolen, due + 2 + overlap)).toBeUndefined();

    // Also where the thief renews first, and where it is older than the one before.
    const again = await beginSession(client, start);
    let [cookie, now] = [again, start];
    for (let i = 0; i < 2; i++) {
      now += secretTime;
      cookie = (await renewSession(client, await held(client, cookie, now), now))!;
      await held(client, cookie, now);
    }
    expect(await findSession(client, again, now + 1)).toBe("replayed");
    expect(await findSession(client, cookie, now + 1)).toBeUndefined();
  });

  test("an answer that is lost on its way locks nobody out", async () => {
    const client = await databases.open(kind);
    const first = await beginSession(client, start);
    const due = start + secretTime;
    const lost = await renewSession(client, await held(client, first, due), due);
    const later = due + 10 * overlap;
    const found = await held(client, first, later);
    expect(found.isDue).toBe(true);
    const second = await renewSession(client, found, later);
    await held(client, second!, later + 1);
    expect(await findSession(client, lost!, later + 2)).toBe("replayed");
  });

  test("a session from the future is refused and ended; a small difference between clocks is none", async () => {
    const client = await databases.open(kind);
    const ahead = await beginSession(client, start + 30_000);
    await held(client, ahead, start);
    const future = await beginSession(client, start + 365 * 86_400_000); // the clock was wrong
    expect(await findSession(client, future, start)).toBeUndefined();
    expect(await findSession(client, future, start + 365 * 86_400_000)).toBeUndefined(); // and does not come back
    const renewedAhead = await beginSession(client, start);
    await renewSession(client, await held(client, renewedAhead, start), start + 86_400_000);
    expect(await findSession(client, renewedAhead, start)).toBeUndefined();
    await held(client, await beginSession(client, start), start); // signing in again always helps
  });

  test("what is no cookie of ours is nobody's, whatever it is", async () => {
    const client = await databases.open(kind);
    const cookie = await beginSession(client, start);
    const odd = fc.oneof(
      fc.string(),
      fc.integer({ min: 0, max: cookie.length - 1 }).map((i) => cookie.slice(0, i)),
      fc.constantFrom(`${cookie}a`, cookie.toUpperCase(), "' OR 1=1 --.x", "."),
    );
    await fc.assert(
      fc.asyncProperty(odd, async (shown) => (await findSession(client, shown, start)) === undefined),
    );
    await held(client, cookie, start);
  });
});
