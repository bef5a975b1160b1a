import { expect, test } from "vitest";
import { readWhole, TooLong } from "./whole-text.ts";

test("a file is one text in whatever encoding, unless it is none or too long", async () => {
  expect(await readWhole(new Blob(["a\n真好。"]))).toBe("a\n真好。");
  expect(await readWhole(new Blob([Uint8Array.of(0xd5, 0xe6, 0xba, 0xc3)]))).toBe("真好");
  await expect(readWhole(new Blob([Uint8Array.of(0xff, 0xff)]))).rejects.toThrow(TypeError);
  await expect(readWhole(new Blob([new Uint8Array(4e6 + 1)]))).rejects.toThrow(TooLong);
});
