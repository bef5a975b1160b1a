import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { Attempts } from "./attempts.ts";
import { COOKIE_SECONDS, isPass, ownerToken, pass, sameSecret, tokenFile } from "./owner.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-owner-"));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

test("the token is made once, by whoever is first, and is its owner's alone to read", async () => {
  vi.stubEnv("NACRE_DATA", join(folder, "new"));
  vi.stubEnv("NACRE_TOKEN", "");
  const tokens = await Promise.all(Array.from({ length: 8 }, () => ownerToken(folder)));
  expect(new Set(tokens).size).toBe(1);
  expect(tokens[0]).toMatch(/^[\w-]{32}$/);
  const file = tokenFile(folder);
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual([`${tokens[0]}\n`, 0o600]);
});

test("a token of one's own is taken, a short one is refused", async () => {
  vi.stubEnv("NACRE_TOKEN", "correct horse battery");
  expect(await ownerToken(folder)).toBe("correct horse battery");
  vi.stubEnv("NACRE_TOKEN", "secret");
  await expect(ownerToken(folder)).rejects.toThrow(
    "NACRE_TOKEN is too short. Give it at least 16 characters.",
  );
});

test("a pass holds to its end, for its token, as it was given out", () => {
  const now = Date.parse("2026-01-01");
  const end = now + 1000 * COOKIE_SECONDS;
  const shown = pass("token", end);
  expect(isPass("token", shown, now)).toBe(true);
  expect(isPass("token", shown, end)).toBe(false);
  expect(isPass("another", shown, now)).toBe(false);
  expect(isPass("token", shown, now - 86_400_000)).toBe(false); // by a clock that was put back
  expect(isPass("token", shown.replace(String(end), String(end - 1)), now)).toBe(false);
  fc.assert(fc.property(fc.string(), (odd) => !isPass("token", odd, now)));
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => sameSecret(a, b) === (a === b)));
});

test("after some failures there is a pause, however the clock goes", () => {
  const attempts = new Attempts(3, 1000);
  for (const time of [0, 100, 200]) {
    expect(attempts.wait(time)).toBe(0);
    attempts.failed(time);
  }
  expect(attempts.wait(300)).toBe(700);
  expect(attempts.wait(1000)).toBe(0);
  attempts.failed(1001);
  expect(attempts.wait(1001)).toBe(99);
  expect(attempts.wait(-1_000_000)).toBe(0);
});
