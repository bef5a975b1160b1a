import fc from "fast-check";
import { expect, test } from "vitest";
import { LEAST_PASSWORD, MOST_PASSWORD, passwordFault } from "./password-rules.ts";

test.each([
  ["a sentence about nine snails", undefined],
  ["vK8#qP2!xL5@mN7", undefined],
  ["海边的贝壳里住着一只会唱歌的螃蟹呢", undefined],
  ["fourteen chars", "short"],
  ["海海海海海海海", "short"],
  ["aaaaaaaaaaaaaaa", "obvious"],
  ["123456789012345", "obvious"],
  ["abcdefghijklmno", "obvious"],
  ["qwertyuiopasdfgh", "obvious"],
  ["passwordpassword", "obvious"],
  ["password12345678", "obvious"],
  ["Nacre Password 2026!", "obvious"],
  ["letmein letmein letmein", "obvious"],
  ["correct horse battery staple", "obvious"],
] as const)("%s: %s", (password, fault) => {
  expect(passwordFault(password)).toBe(fault);
});

test("length is what decides, in characters as they are seen", () => {
  const whale = "🐋";
  const filler = "sea shells on no shore ";
  expect(passwordFault(whale.repeat(LEAST_PASSWORD - 1))).toBe("short");
  expect(passwordFault(filler + "x".repeat(MOST_PASSWORD - filler.length))).toBeUndefined();
  expect(passwordFault(filler + "x".repeat(MOST_PASSWORD - filler.length + 1))).toBe("long");
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 400 }),
      (text) => ["short", "long", "obvious", undefined].includes(passwordFault(text)), // and always ends
    ),
  );
});
