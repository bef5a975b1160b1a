import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { missing } from "./lock.mjs";

const text = readFileSync(new URL("../package-lock.json", import.meta.url), "utf8");

test("the lock describes every optional package, as npm ci demands (else: node scripts/lock.mjs)", () => {
  expect(missing(JSON.parse(text).packages)).toEqual([]);
});

test("the lock names no host", () => {
  expect(text).not.toContain('"resolved"');
});

test("a package is looked for as Node does, from the folder up", () => {
  const parent = { optionalDependencies: { "tool-darwin-arm64": "1.0.0" } };
  const lacking = { "node_modules/tool": parent };
  expect(missing(lacking)).toEqual([
    { path: "node_modules/tool-darwin-arm64", version: "1.0.0", dev: false },
  ]);
  expect(missing({ ...lacking, "node_modules/tool-darwin-arm64": {} })).toEqual([]);
  expect(missing({ ...lacking, "node_modules/tool/node_modules/tool-darwin-arm64": {} })).toEqual([]);
  expect(
    missing({ "node_modules/a/node_modules/tool": parent, "node_modules/tool-darwin-arm64": {} }),
  ).toEqual([]);
});
