import fc from "fast-check";
import { expect, test } from "vitest";
import { contentOf } from "./content.ts";

const bytes = (...parts: (string | readonly number[])[]) =>
  new Blob(parts.map((part) => (typeof part === "string" ? part : Uint8Array.from(part))));
const rest = Array<number>(64).fill(0);

test.each([
  ["WAV", bytes("RIFF", [36, 0, 0, 0], "WAVEfmt ", rest), "sound"],
  ["AIFF", bytes("FORM", [0, 0, 0, 46], "AIFF", rest), "sound"],
  ["FLAC", bytes("fLaC", rest), "sound"],
  ["Ogg", bytes("OggS", rest), "sound"],
  ["MP3 with a tag", bytes("ID3", [3, 0], rest), "sound"],
  ["MP3", bytes([0xff, 0xfb, 0x90, 0x64], rest), "sound"],
  ["M4A", bytes([0, 0, 0, 24], "ftypM4A ", rest), "sound"],
  [
    "a recording known by its type alone",
    new Blob([Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3, 0)], { type: "audio/webm" }),
    "sound",
  ],
  ["JPEG", bytes([0xff, 0xd8, 0xff, 0xe0], rest), "image"],
  ["PNG", bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], rest), "image"],
  ["WebP", bytes("RIFF", [36, 0, 0, 0], "WEBPVP8 ", rest), "image"],
  ["HEIC", bytes([0, 0, 0, 24], "ftypheic", rest), "foreign"],
  ["a workbook", new File([bytes("PK", [3, 4], rest)], "reviews.XLSX"), "text"],
  ["a text in GBK", new File([bytes([0xd5, 0xe6, 0xba, 0xc3])], "reviews.csv"), "text"],
  ["an archive", new File([bytes("PK", [3, 4], rest)], "reviews.zip"), "unknown"],
  ["a film", bytes([0, 0, 0, 24], "ftypisom", rest), "unknown"],
  ["a program", bytes([0x7f], "ELF", rest), "unknown"],
  ["nothing", bytes(), "empty"],
])("%s", async (_, file, kind) => {
  expect((await contentOf(file)).kind).toBe(kind);
});

test("every text is a text, however long and wherever it is cut", async () => {
  const words = fc
    .string({ unit: "grapheme", minLength: 1 })
    .map((text) => `“${text.replace(/\p{Cc}/gu, " ")}”`);
  await fc.assert(
    fc.asyncProperty(words, fc.nat(2000), async (text, times) => {
      expect(await contentOf(new Blob([text.repeat(times + 1)]))).toEqual({ kind: "text" });
    }),
    { numRuns: 50 },
  );
});

test("no bytes make it fail", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (content) => {
      expect(await contentOf(new Blob([content]))).toHaveProperty("kind");
    }),
  );
});
