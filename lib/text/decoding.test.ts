import fc from "fast-check";
import { expect, test } from "vitest";
import { decoded, encodingOf } from "./decoding.ts";

/** 真好看，推荐。 in GBK. */
const gbk = [0xd5, 0xe6, 0xba, 0xc3, 0xbf, 0xb4, 0xa3, 0xac, 0xcd, 0xc6, 0xbc, 0xf6, 0xa1, 0xa3];
const blob = (...bytes: number[]) => new Blob([Uint8Array.from(bytes)]);

async function read(file: Blob): Promise<string | undefined> {
  const encoding = await encodingOf(file);
  if (encoding === undefined) return undefined;
  let text = "";
  for await (const piece of decoded(file, encoding)) text += piece;
  return text;
}

test.each([
  ["UTF-8", new Blob(["真好看，推荐。"])],
  ["UTF-8 with its mark", new Blob(["\ufeff真好看，推荐。"])],
  ["GBK", blob(...gbk)],
  ["UTF-16, little end first", blob(0xff, 0xfe, ...utf16("真好看，推荐。", [0, 8]))],
  ["UTF-16, big end first", blob(0xfe, 0xff, ...utf16("真好看，推荐。", [8, 0]))],
])("%s", async (_, file) => {
  expect(await read(file)).toBe("真好看，推荐。");
});

test("bytes that are no text are told from text", async () => {
  expect(await encodingOf(blob(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0))).toBeUndefined();
  expect(await encodingOf(blob(0xff, 0xff, 0xff, 0xff))).toBeUndefined();
  expect(await read(new Blob([`${"a line\n".repeat(200)}\0`]))).toHaveLength(1401);
});

test("every text in UTF-8 comes back as it was, in whatever pieces", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      const clean = `${text.replace(/\p{Cc}/gu, " ").replace(/^\ufeff/, "")}.`;
      expect(await read(new Blob([clean.slice(0, 3), clean.slice(3)].map((part) => encode(part))))).toBe(
        new TextDecoder().decode(new Uint8Array([...encode(clean.slice(0, 3)), ...encode(clean.slice(3))])),
      );
    }),
    { numRuns: 30 },
  );
});

const encode = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, shifts: readonly number[]): number[] {
  return [...text].flatMap((character) => shifts.map((shift) => (character.charCodeAt(0) >> shift) & 0xff));
}
