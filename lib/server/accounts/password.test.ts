import { expect, test } from "vitest";
import { opens, sealPassword } from "./password.ts";

const password = "a sentence about nine snails";

test("a password opens what it sealed, and no two seals are alike", async () => {
  const [one, other] = await Promise.all([sealPassword(password), sealPassword(password)]);
  expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(one).not.toBe(other);
  expect(await opens(password, one)).toBe(true);
});

test("what RFC 7914 §12 gives as an example opens, and however it was typed", async () => {
  // The RFC's second vector, cut to the first 32 of its 64 bytes: scrypt's output is the same from its beginning.
  const sealed = `$scrypt$ln=10,r=8,p=16$${Buffer.from("NaCl").toString("base64")}$${Buffer.from(
    "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162",
    "hex",
  ).toString("base64")}`;
  expect(await opens("password", sealed)).toBe(true);
  expect(await opens("Password", sealed)).toBe(false);
  expect(await opens("ｐａｓｓｗｏｒｄ", sealed)).toBe(true); // full width, as some keyboards type
});

test.each([
  ["too short", "short", /at least 15 characters/],
  ["x".repeat(257), "long", /no more than 256 characters/],
  ["123456789012345", "obvious", /nobody would try first/],
])("%s is not sealed", async (unsuitable, _, sentence) => {
  await expect(sealPassword(unsuitable)).rejects.toThrow(sentence);
});
