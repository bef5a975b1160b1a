import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { NacreError } from "../engine/errors.ts";
import { exitCodeOf, exitCodes, explanationOf } from "./exit.ts";

test("a known error is its sentence and its code, a bug its trace and 1", () => {
  const known = new NacreError("storage", "The disk is full.");
  expect([exitCodeOf(known), explanationOf(known)]).toEqual([6, "The disk is full."]);
  const bug = new TypeError("x is not a function");
  expect(exitCodeOf(bug)).toBe(1);
  expect(explanationOf(bug)).toContain("exit.test.ts");
});

test("commander's own words are not said twice, and help is no failure", () => {
  expect(explanationOf(new CommanderError(1, "commander.unknownOption", "?"))).toBeUndefined();
  expect(exitCodeOf(new CommanderError(1, "commander.unknownOption", "?"))).toBe(2);
  expect(exitCodeOf(new CommanderError(0, "commander.helpDisplayed", ""))).toBe(0);
});

test("the README lists the same codes", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  for (const { code, meaning } of Object.values(exitCodes))
    expect(readme).toContain(`| ${code} | ${meaning} |`);
});
