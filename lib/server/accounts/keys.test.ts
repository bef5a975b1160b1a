import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { kinds, NewDatabases } from "../clients.fixture.ts";
import { findKey, keyScopes, listKeys, MOST_NAME, makeKey, revokeKey } from "./keys.ts";

const databases = new NewDatabases();
afterAll(() => databases.close());
const now = Date.parse("2026-01-01T00:00:00Z");

describe.each(kinds)("%s", (kind) => {
  test("a key is shown once, known until it is revoked, and not to be read from the database", async () => {
    const client = await databases.open(kind);
    const made = await makeKey(client, "  The lab's robot ", "predict", now);
    expect(made).toMatchObject({ name: "The lab's robot", scope: "predict" });
    expect(made.key).toMatch(new RegExp(`^nacre_${made.id}_[\\w-]{43}$`));
    expect(JSON.stringify(await client.apiKey.findMany())).not.toContain(made.key.slice(-43));
    const known = { id: made.id, name: "The lab's robot", scope: "predict" };
    expect(await findKey(client, made.key, now)).toEqual(known);
    expect(await listKeys(client)).toEqual([
      { ...known, made: "2026-01-01T00:00:00.000Z", used: "2026-01-01T00:00:00.000Z" },
    ]);
    expect(await revokeKey(client, made.id)).toEqual(known);
    expect(await revokeKey(client, made.id)).toBeUndefined();
    expect(await findKey(client, made.key, now)).toBeUndefined();
    expect(await listKeys(client)).toEqual([]);
  });

  test("when a key was used is kept to the minute, and put right where the clock was wrong", async () => {
    const client = await databases.open(kind);
    const { key } = await makeKey(client, "robot", "manage", now);
    const used = async (time: number) => {
      await findKey(client, key, time);
      return Date.parse((await listKeys(client))[0]!.used!) - now;
    };
    expect(await used(now)).toBe(0);
    expect(await used(now + 59_000)).toBe(0);
    expect(await used(now + 61_000)).toBe(61_000);
    expect(await used(now - 86_400_000)).toBe(-86_400_000);
  });

  test("names are kept as they are, SQL and HTML too, unless they are empty or too long", async () => {
    const client = await databases.open(kind);
    const names = [
      '\'); DROP TABLE "ApiKey"; --',
      "<script>alert(1)</script>",
      "名字",
      "a".repeat(MOST_NAME),
    ];
    for (const name of names) await makeKey(client, name, "predict");
    expect((await listKeys(client)).map(({ name }) => name).sort()).toEqual(names.sort());
    for (const name of ["", "  ", "a".repeat(MOST_NAME + 1)])
      await expect(makeKey(client, name, "predict")).rejects.toThrow("A key needs a name of 1 to 80");
  });

  test("what is no key is nobody's, whatever it is", async () => {
    const client = await databases.open(kind);
    const { key } = await makeKey(client, "robot", keyScopes[0]);
    const odd = fc.oneof(
      fc.string(),
      fc.integer({ min: 0, max: key.length - 1 }).map((i) => key.slice(0, i)),
      fc.constantFrom(`${key} `, `${key}a`, key.toUpperCase(), "' OR 1=1 --"),
    );
    await fc.assert(fc.asyncProperty(odd, async (shown) => (await findKey(client, shown)) === undefined));
  });
});
