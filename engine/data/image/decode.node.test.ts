import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { NacreError } from "../../errors.ts";
import type { PictureError } from "./admission.ts";
import { decodeImage } from "./decode.node.ts";
import type { Pixels } from "./pixels.ts";

/** Four flat quarters, so that a picture's corners tell how it lies. */
const CORNERS = [
  [190, 70, 60],
  [80, 140, 90],
  [80, 90, 150],
  [200, 190, 100],
] as const;
const WIDTH = 48;
const HEIGHT = 32;

const quarters = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
  const x = Math.floor(i / 3) % WIDTH;
  const y = Math.floor(i / 3 / WIDTH);
  return CORNERS[(x < WIDTH / 2 ? 0 : 1) + (y < HEIGHT / 2 ? 0 : 2)]![i % 3]!;
});

function picture(): Sharp {
  return sharp(quarters, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

/** Which of the quarters lies in each corner: top left, top right, bottom left, bottom right. */
function corners({ width, height, data }: Pixels): number[] {
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  const far = (a: readonly number[], b: readonly number[]) =>
    Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
  return [at(4, 4), at(width - 5, 4), at(4, height - 5), at(width - 5, height - 5)].map((colour) =>
    CORNERS.findIndex((corner) => far(corner, colour) < 40),
  );
}

test("all eight EXIF orientations come out upright", async () => {
  // EXIF 2.32 §4.6.4: what the stored picture's corners mean; 5 to 8 swap width and height.
  const upright = [
    [0, 1, 2, 3],
    [1, 0, 3, 2],
    [3, 2, 1, 0],
    [2, 3, 0, 1],
    [0, 2, 1, 3],
    [2, 0, 3, 1],
    [3, 1, 2, 0],
    [1, 3, 0, 2],
  ];
  for (const [i, expected] of upright.entries()) {
    const file = await picture()
      .withMetadata({ orientation: i + 1 })
      .jpeg({ quality: 95 })
      .toBuffer();
    const pixels = await decodeImage(file, `orientation ${i + 1}`);
    expect([pixels.width, pixels.height]).toEqual(i < 4 ? [WIDTH, HEIGHT] : [HEIGHT, WIDTH]);
    expect(corners(pixels), `orientation ${i + 1}`).toEqual(expected);
  }
});

test("every format and colour space becomes the same sRGB bytes", async () => {
  const files: Record<string, Buffer> = {
    jpeg: await picture().jpeg({ quality: 95 }).toBuffer(),
    cmyk: await picture().toColourspace("cmyk").withIccProfile("cmyk").jpeg({ quality: 95 }).toBuffer(),
    png: await picture().png().toBuffer(),
    png16: await picture().toColourspace("rgb16").png().toBuffer(),
    palette: await picture().png({ palette: true }).toBuffer(),
    p3: await picture().withIccProfile("p3").png().toBuffer(),
    webp: await picture().webp({ quality: 95 }).toBuffer(),
    avif: await picture().avif({ quality: 90, effort: 0 }).toBuffer(),
    gif: await picture().gif().toBuffer(),
  };
  for (const [name, file] of Object.entries(files)) {
    const pixels = await decodeImage(file, name);
    expect(pixels.data.length, name).toBe(WIDTH * HEIGHT * 3);
    expect(corners(pixels), name).toEqual([0, 1, 2, 3]);
  }
});

test("gray pictures get three equal channels, 8 and 16 bits alike", async () => {
  for (const space of ["b-w", "grey16"]) {
    const pixels = await decodeImage(await picture().toColourspace(space).png().toBuffer(), space);
    expect(pixels.data.length).toBe(WIDTH * HEIGHT * 3);
    for (let p = 0; p < pixels.data.length; p += 3) {
      expect(pixels.data[p]).toBe(pixels.data[p + 1]);
      expect(pixels.data[p]).toBe(pixels.data[p + 2]);
    }
  }
});

test("transparency lies on white", async () => {
  for (const space of ["srgb", "rgb16", "b-w", "grey16"]) {
    const file = await picture().toColourspace(space).ensureAlpha(0).png().toBuffer();
    const { data } = await decodeImage(file, space);
    expect(
      data.every((byte) => byte === 255),
      space,
    ).toBe(true);
  }
});

test("an animation gives its first frame", async () => {
  const frames = Buffer.concat([quarters, new Uint8Array(quarters.length)]);
  const raw = { width: WIDTH, height: 2 * HEIGHT, channels: 3, pageHeight: HEIGHT } as const;
  for (const format of ["gif", "webp"] as const) {
    const pixels = await decodeImage(await sharp(frames, { raw }).toFormat(format).toBuffer(), format);
    expect([pixels.width, pixels.height]).toEqual([WIDTH, HEIGHT]);
    expect(corners(pixels)).toEqual([0, 1, 2, 3]);
  }
});

test("bad files are refused with a sentence that names them", async () => {
  const whole = await picture().jpeg().toBuffer();
  const broken = await picture().png({ compressionLevel: 0 }).toBuffer();
  broken.fill(0x55, 60, 400);
  const cases: [Uint8Array, string, RegExp][] = [
    [new Uint8Array(), "empty", /^a\.jpg is empty/],
    [new TextEncoder().encode("hello"), "unknown", /^a\.jpg is not a picture/],
    [whole.subarray(0, whole.length / 2), "damaged", /^a\.jpg is a JPEG picture that is cut short/],
    [broken, "damaged", /^a\.jpg is a PNG picture that is cut short or damaged/],
    [
      Uint8Array.from([0, 0, 0, 16, ...new TextEncoder().encode("ftypheic"), 0, 0, 0, 0]),
      "foreign",
      /HEIC.*save it as JPEG/,
    ],
  ];
  for (const [bytes, kind, sentence] of cases) {
    const error = await decodeImage(bytes, "a.jpg").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NacreError);
    expect((error as PictureError).code).toBe("input");
    expect((error as PictureError).fault.kind).toBe(kind);
    expect((error as PictureError).message).toMatch(sentence);
  }
});

test("a pixel bomb is refused before it is decoded", async () => {
  const bomb = await picture().png().toBuffer();
  bomb.writeUInt32BE(20_000, 16);
  bomb.writeUInt32BE(6_000, 20);
  await expect(decodeImage(bomb, "bomb.png")).rejects.toThrow(
    "bomb.png has 20000 × 6000 pixels, more than the limit of 100 million",
  );
  const small = await picture().png().toBuffer();
  await expect(decodeImage(small, "small.png", { pixels: 1000 })).rejects.toThrow(/48 × 32 pixels/);
});
