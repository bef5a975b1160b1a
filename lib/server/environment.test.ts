import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { environment } from "./environment.ts";

const source = readFileSync(join(import.meta.dirname, "environment.ts"), "utf8");
const names = [...source.matchAll(/^ {2}([A-Z_]+): z/gm)].map(([, name]) => name!);

afterEach(() => vi.unstubAllEnvs());

function set(values: Readonly<Record<string, string>>): void {
  for (const name of names) vi.stubEnv(name, values[name] ?? "");
}

test("what is not set has its usual value, and empty is not set", () => {
  set({});
  expect(environment()).toEqual({ NACRE_DATA: ".nacre-data", NACRE_MODELS: "models", NACRE_RUNS: "runs" });
  const given = {
    NACRE_DATA: "/srv/nacre",
    NACRE_MODELS: "/srv/models",
    NACRE_RUNS: "/srv/runs",
    DATABASE_URL: "postgresql://nacre:secret@db.example:5432/nacre",
    NACRE_SETUP_CODE: "8k2m-77qa-x0c5-p3wd",
    NACRE_PROXY: "1",
    NACRE_ITEMS_PER_MINUTE: "600",
    PORT: "8080",
  };
  set(given);
  expect(environment()).toEqual({ ...given, NACRE_ITEMS_PER_MINUTE: 600 });
});

test.each([
  [{ DATABASE_URL: "mysql://root@localhost/nacre" }, /^DATABASE_URL is no address of PostgreSQL .*\.$/],
  [{ DATABASE_URL: "postgresql://[broken" }, /^DATABASE_URL is no address of PostgreSQL .*\.$/],
  [
    { NACRE_SETUP_CODE: "a - b - c - d - e - f" },
    /^NACRE_SETUP_CODE is too short\. Give it at least 16 .*\.$/,
  ],
  [{ PORT: "eighty" }, /^PORT is no port\. .* 1 to 65535.*\.$/],
  [{ PORT: "70000" }, /^PORT is no port\./],
  [{ NACRE_PROXY: "yes" }, /^NACRE_PROXY can only be 1: .*\.$/],
  [{ NACRE_ITEMS_PER_MINUTE: "0" }, /^NACRE_ITEMS_PER_MINUTE is no number of inputs\. .*\.$/],
  [{ PORT: "0x50", NACRE_SETUP_CODE: "short" }, /^NACRE_SETUP_CODE is .*\nPORT is no port/],
])("%j is refused, each setting in a sentence", (values, sentence) => {
  set(values);
  expect(environment).toThrow(sentence);
});

test("the README lists what is read, and nothing else", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  const listed = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...names].sort());
});
