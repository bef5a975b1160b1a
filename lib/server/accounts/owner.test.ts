import { afterAll, describe, expect, test } from "vitest";
import { kinds, NewDatabases } from "../clients.fixture.ts";
import { finishSetup, isPassword, isSetUp, prepareSetup, renewCode, setPassword } from "./owner.ts";
import { beginSession, findSession } from "./sessions.ts";

const databases = new NewDatabases();
afterAll(() => databases.close());
const password = "a sentence about nine snails";

describe.each(kinds)("%s", (kind) => {
  test("the first start makes a setup code, once for all processes, and keeps its hash alone", async () => {
    const client = await databases.open(kind);
    const codes = await Promise.all([prepareSetup(client), prepareSetup(client), prepareSetup(client)]);
    const [code, ...others] = codes.filter((made) => made !== undefined);
    expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){4}[0-9a-hjkmnp-tv-z]{4}$/);
    expect(others).toEqual([]);
    expect(await prepareSetup(client)).toBeUndefined(); // a later start
    expect(JSON.stringify(await client.owner.findMany())).not.toContain(code!.replaceAll("-", ""));
    expect(await isSetUp(client)).toBe(false);
    expect(await isPassword(client, password)).toBe(false);
  });

  test("of two who set up at once one wins, and the code is used up", async () => {
    const client = await databases.open(kind);
    const code = (await prepareSetup(client))!;
    expect(await finishSetup(client, "0000-0000-0000-0000-0000", password)).toBe(false);
    await expect(finishSetup(client, code, "too short")).rejects.toThrow("too short");
    const rivals = [`${password} one`, `${password} two`];
    const won = await Promise.all(
      rivals.map((rival) => finishSetup(client, ` ${code.toUpperCase().replaceAll("-", " ")}`, rival)),
    );
    expect([...won].sort()).toEqual([false, true]);
    expect(await isPassword(client, rivals[won.indexOf(true)]!)).toBe(true);
    expect(await finishSetup(client, code, password)).toBe(false);
    expect(await renewCode(client)).toBeUndefined();
    expect(await prepareSetup(client, "a code from the environment")).toBeUndefined();
    expect(await finishSetup(client, "a code from the environment", password)).toBe(false);
  });

  test("a code can be given, also later, and a lost one be replaced", async () => {
    const client = await databases.open(kind);
    const first = (await prepareSetup(client))!;
    expect(await prepareSetup(client, "given-by-the-environment")).toBeUndefined();
    expect(await finishSetup(client, first, password)).toBe(false);
    expect(await renewCode(client)).toMatch(/^\w{4}-/);
    expect(await finishSetup(client, "given-by-the-environment", password)).toBe(false);
  });

  test("a new password ends the old one and all sessions", async () => {
    const client = await databases.open(kind);
    await client.owner.create({ data: { id: 1, password: "the old one" } });
    const cookie = await beginSession(client);
    await setPassword(client, password);
    expect(await findSession(client, cookie)).toBeUndefined();
    expect(await isPassword(client, password)).toBe(true);
    expect(await prepareSetup(client)).toBeUndefined();
  });
});
