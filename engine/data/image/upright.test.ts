import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { upright } from "./upright.ts";
import { webpExif } from "./webpExif.ts";

const data = Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => i * 5);
const stored = () => sharp(data, { raw: { width: 5, height: 3, channels: 3 } });

test("all eight orientations are turned as sharp turns them", async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const file = await stored().withMetadata({ orientation }).png().toBuffer();
    const { data: expected, info } = await sharp(file)
      .autoOrient()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const turned = upright({ width: 5, height: 3, data }, orientation);
    expect([turned.width, turned.height], `orientation ${orientation}`).toEqual([info.width, info.height]);
    expect([...turned.data], `orientation ${orientation}`).toEqual([...expected]);
  }
});

test("a WebP's orientation is found, and its absence too", async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const file = await stored().withMetadata({ orientation }).webp().toBuffer();
    expect(webpExif(file)?.orientation).toBe(orientation);
  }
  expect(webpExif(await stored().webp().toBuffer())).toBeUndefined();
});

test("no changed bytes make the search throw or leave 1 … 8", async () => {
  const file = new Uint8Array(await stored().withMetadata({ orientation: 6 }).webp().toBuffer());
  const change = fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), fc.nat(file.length), (changes, length) => {
      const bytes = file.slice(0, length);
      for (const [at, value] of changes) bytes[at] = value;
      const found = webpExif(bytes)?.orientation ?? 1;
      expect(found >= 1 && found <= 8).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
