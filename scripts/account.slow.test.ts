import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const data = mkdtempSync(join(tmpdir(), "nacre-account-"));
afterAll(() => rmSync(data, { recursive: true }));

/** Runs the program as a machine does that has no browser. */
function account(args: readonly string[], input = ""): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join(import.meta.dirname, "account.ts"), ...args],
    { input, encoding: "utf8", env: { ...process.env, NACRE_DATA: data, DATABASE_URL: "" } },
  );
  return { code: status, out: stdout, err: stderr };
}

test("without a browser: a code until there is a password, which is read from stdin, and keys", () => {
  expect(account(["code"])).toMatchObject({ code: 0, out: expect.stringMatching(/^(\w{4}-){4}\w{4}\n$/) });
  expect(account(["set-password"], "too short\n")).toMatchObject({
    code: 2,
    err: expect.stringContaining("The password is too short. Take at least 15 characters"),
  });
  expect(account(["set-password"], "a sentence about nine snails\nand another line\n")).toMatchObject({
    code: 0,
    out: "",
  });
  expect(account(["code"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("There is a password already."),
  });
  expect(account(["key", "robot", "--scope", "manage"])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^nacre_[0-9a-f]{12}_[\w-]{43}\n$/),
  });
  expect(account(["key", "robot", "--scope", "everything"]).code).toBe(2);
});
