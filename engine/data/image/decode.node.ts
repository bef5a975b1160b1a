import sharp from "sharp";
import { admit, type DecodeLimits, MAX_PIXELS, PictureError } from "./admission.ts";
import type { Pixels } from "./pixels.ts";

/**
 * Decodes a picture in Node: upright (EXIF orientation), in sRGB with 8 bits, transparency on white,
 * the first frame of an animation.
 *
 * @param bytes the file as it is: JPEG, PNG, WebP, AVIF or GIF
 * @param name how errors call the file, usually its path
 * @throws PictureError (code "input") naming the file: empty, no picture, damaged, too large
 */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
  limits: DecodeLimits = {},
): Promise<Pixels> {
  const format = admit(bytes, name, limits);
  try {
    // "error" lets harmless irregularities pass that cameras do write, and still stops at lost data.
    const options = {
      failOn: "error",
      limitInputPixels: limits.pixels ?? MAX_PIXELS,
      autoOrient: true,
    } as const;
    const { data, info } = await sharp(bytes, options)
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: opaque(data, info.channels) };
  } catch (cause) {
    throw new PictureError(name, { kind: "damaged", format }, { cause });
  }
}

/**
 * From one to four channels, gray or red green blue, with or without alpha, to three on white. Rounded as browsers
 * do it, because what libvips does is truncated, which darkens every transparent pixel by half a step.
 */
function opaque(data: Buffer, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const rgb = new Uint8Array((data.length / channels) * 3);
  const [green, blue] = channels > 2 ? [1, 2] : [0, 0];
  for (let i = 0, p = 0; i < data.length; i += channels, p += 3) {
    const alpha = channels === 1 ? 255 : data[i + channels - 1]!;
    const white = 255 * (255 - alpha) + 127.5;
    rgb[p] = (data[i]! * alpha + white) / 255;
    rgb[p + 1] = (data[i + green]! * alpha + white) / 255;
    rgb[p + 2] = (data[i + blue]! * alpha + white) / 255;
  }
  return rgb;
}
