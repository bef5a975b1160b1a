import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import manifest from "./manifest.ts";

test("what a browser needs to install the site is there: icons of 192 and 512 pixels, one to be cut", async () => {
  const pictures = (manifest().icons ?? []).filter(({ type }) => type === "image/png");
  for (const { src, sizes } of pictures) {
    const { width, height } = await sharp(join("public", src)).metadata();
    expect(`${width}x${height}`, src).toBe(sizes);
  }
  expect(pictures.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(
    expect.arrayContaining(["192x192 any", "512x512 any", "512x512 maskable"]),
  );
});
