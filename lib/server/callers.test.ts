import { scryptSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { DELETE as revoke } from "../../app/account/keys/[id]/route.ts";
import { POST as makeKeyRoute } from "../../app/account/keys/route.ts";
import { PUT as changePassword } from "../../app/account/password/route.ts";
import { DELETE as leaveEverywhere } from "../../app/account/sessions/route.ts";
import { POST as setUp } from "../../app/account/setup/route.ts";
import { PUT as renew, POST as signIn, DELETE as signOut } from "../../app/session/route.ts";
import { listDeeds } from "./accounts/deeds.ts";
import { prepareSetup } from "./accounts/owner.ts";
import { sessionTimes } from "./accounts/sessions.ts";
import { appDatabase } from "./app-database.ts";
import { addressOf, callerOf } from "./callers.ts";
import type { Client } from "./database.ts";
import { ownersOnly } from "./owners-only.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-callers-"));
const password = "a sentence about nine snails";
const code = "0123-4567-89ab-cdef-ghjk";
let client: Client;
let cookie: string;

/** What a browser on our own page sends, or whatever else is said. */
function request(method: string, body?: unknown, headers: Record<string, string> = {}): Request {
  return new Request("http://nacre.example/", {
    method,
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    headers: { host: "nacre.example", "x-forwarded-for": "192.0.2.1", ...headers },
  });
}
const withCookie = (value = cookie) => ({ cookie: `other=1; nacre-session=${value}` });
const given = (response: Response) =>
  /nacre-session=([^;]*)/.exec(response.headers.get("set-cookie") ?? "")?.[1];
const change = async () => new Response(null, { status: 204 });

beforeAll(async () => {
  vi.stubEnv("NACRE_DATA", folder);
  vi.stubEnv("DATABASE_URL", "");
  ({ client } = await appDatabase());
  await prepareSetup(client, code);
  expect((await signIn(request("POST", { password }))).status).toBe(409);
  expect((await setUp(request("POST", { code: "guessed", password }))).status).toBe(401);
  const answer = await setUp(request("POST", { code, password }));
  expect(answer.status).toBe(204);
  expect(answer.headers.get("set-cookie")).toMatch(
    /^nacre-session=[0-9a-f]{32}\.[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
  );
  cookie = given(answer)!;
  expect((await setUp(request("POST", { code, password }))).status).toBe(409);
  // From here on a seal that costs less time.
  const cheap = scryptSync(password, "salt", 32, { N: 2, r: 1, p: 1 }).toString("base64");
  await client.owner.updateMany({ data: { password: `$scrypt$ln=1,r=1,p=1$c2FsdA$${cheap}` } });
});
beforeEach(() => client.attempt.deleteMany());
afterAll(async () => {
  await (await appDatabase()).close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("a visitor, the owner and a key are told apart; what is no key is refused", async () => {
  expect(await callerOf(request("GET"))).toEqual({ kind: "visitor" });
  expect(await callerOf(request("GET", undefined, withCookie("a.guess")))).toEqual({ kind: "visitor" });
  expect(await callerOf(request("GET", undefined, withCookie()))).toMatchObject({ kind: "owner" });
  for (const authorization of ["Bearer a-guess", "Bearer ", "Basic b3duZXI6", "x".repeat(100_000)]) {
    const refused = (await callerOf(
      request("GET", undefined, { authorization, ...withCookie() }),
    )) as Response;
    expect([refused.status, await refused.text()]).toEqual([
      401,
      expect.stringMatching(/^This API key is not/),
    ]);
  }
});

test("keys are made and revoked by the owner in person, and do what their scope says", async () => {
  const name = `<img src=x onerror=alert(1)>'; DROP TABLE "Deed"; --`;
  const made = await makeKeyRoute(request("POST", { name, scope: "predict" }, withCookie()));
  expect(made.status).toBe(201);
  const { id, key } = (await made.json()) as { id: string; key: string };
  const bearer = { authorization: `Bearer ${key}` };
  expect(await callerOf(request("GET", undefined, bearer))).toEqual({
    kind: "key",
    id,
    name,
    scope: "predict",
  });
  expect((await ownersOnly(request("POST", "", bearer), change)).status).toBe(403);

  const manages = await makeKeyRoute(request("POST", { name: "robot", scope: "manage" }, withCookie()));
  const manager = { authorization: `Bearer ${((await manages.json()) as { key: string }).key}` };
  const doers: unknown[] = [];
  const noted = async (doer: unknown) => {
    doers.push(doer);
    return change();
  };
  expect((await ownersOnly(request("POST", "", manager), noted)).status).toBe(204);
  expect(doers).toEqual([{ who: expect.stringMatching(/^key [0-9a-f]{12}$/), address: "192.0.2.1" }]);
  expect((await makeKeyRoute(request("POST", { name: "more", scope: "manage" }, manager))).status).toBe(401);

  const params = Promise.resolve({ id });
  expect((await revoke(request("DELETE", undefined, withCookie()), { params })).status).toBe(204);
  expect((await revoke(request("DELETE", undefined, withCookie()), { params })).status).toBe(404);
  expect(await callerOf(request("GET", undefined, bearer))).toMatchObject({ status: 401 });
  const { deeds } = await listDeeds(client);
  expect(deeds.slice(0, 3).map(({ action, subject, who }) => [action, subject, who])).toEqual([
    ["key-revoked", name, "owner"],
    ["key-made", "robot", "owner"],
    ["key-made", name, "owner"],
  ]);
});

test("other sites' pages change nothing, whatever they bring along", async () => {
  const foreign: readonly Record<string, string>[] = [
    { origin: "https://elsewhere.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "http://nacre.example" },
  ];
  for (const from of foreign)
    expect((await ownersOnly(request("POST", "", { ...withCookie(), ...from }), change)).status).toBe(403);
  const ours = { ...withCookie(), origin: "http://nacre.example", "sec-fetch-site": "same-origin" };
  expect((await ownersOnly(request("POST", "", ours), change)).status).toBe(204);
  expect((await ownersOnly(request("POST", ""), change)).status).toBe(401);
});

test("wrong passwords are counted and written down; huge and odd bodies are not read to their end", async () => {
  const tried: number[] = [];
  for (let i = 0; i < 12; i++) tried.push((await signIn(request("POST", { password: "guessed" }))).status);
  expect(tried).toEqual([...Array(10).fill(401), 429, 429]);
  const { deeds } = await listDeeds(client);
  expect(deeds[0]).toMatchObject({ action: "sign-in-failed", who: "visitor", address: "192.0.2.1" });

  let read = 0;
  const endless = new ReadableStream({
    pull(controller) {
      read++;
      controller.enqueue(new Uint8Array(4096));
    },
  });
  const huge = new Request("http://nacre.example/", {
    method: "POST",
    body: endless,
    duplex: "half",
  } as RequestInit);
  expect((await signIn(huge)).status).toBe(413);
  expect(read).toBeLessThan(10);
  for (const odd of ["", "{", "[]", "null", '{"password":1}', '{"password":{"$ne":1}}'])
    expect((await signIn(request("POST", odd))).status).toBe(422);
});

test("a wrong password is told from a session that has ended", async () => {
  const sent = { current: "guessed", password: "another of nine snails" };
  expect((await changePassword(request("PUT", sent, withCookie()))).status).toBe(403);
  expect((await changePassword(request("PUT", sent))).status).toBe(401);
});

test("a session gets a new cookie when that is due, and a replayed one is ended and written down", async () => {
  const made = given(await signIn(request("POST", { password })))!;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + sessionTimes.secret });
  const renewed = given(await renew(request("PUT", undefined, withCookie(made))))!;
  expect(renewed).not.toBe(made);
  expect(await callerOf(request("GET", undefined, withCookie(renewed)))).toMatchObject({ kind: "owner" });
  vi.setSystemTime(Date.now() + sessionTimes.overlap);
  expect((await renew(request("PUT", undefined, withCookie(made)))).status).toBe(401);
  expect((await renew(request("PUT", undefined, withCookie(renewed)))).status).toBe(401);
  vi.useRealTimers();
  expect((await listDeeds(client)).deeds[0]).toMatchObject({ action: "replay", address: "192.0.2.1" });
});

test("signing out ends this session, signing out everywhere all of them", async () => {
  const sign = async () => given(await signIn(request("POST", { password })))!;
  const [one, two] = [await sign(), await sign()];
  const out = await signOut(request("DELETE", undefined, withCookie(one)));
  expect([out.status, given(out)]).toEqual([204, ""]);
  expect(await callerOf(request("GET", undefined, withCookie(one)))).toEqual({ kind: "visitor" });
  expect((await leaveEverywhere(request("DELETE", undefined, withCookie(two)))).status).toBe(204);
  for (const ended of [two, cookie])
    expect(await callerOf(request("GET", undefined, withCookie(ended)))).toEqual({ kind: "visitor" });
});

test("the address is what the nearest proxy wrote", () => {
  const of = (value?: string) =>
    addressOf(new Headers(value === undefined ? {} : { "x-forwarded-for": value }));
  expect(of()).toBeNull();
  expect(of("192.0.2.1")).toBe("192.0.2.1");
  expect(of("made up, 2001:db8::1")).toBe("2001:db8::1");
  expect(of("x".repeat(1000))).toHaveLength(45);
});
