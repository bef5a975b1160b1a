import { admit, type DecodeLimits, PictureError } from "./admission.ts";
import { blank, type Pixels } from "./pixels.ts";
import { upright } from "./upright.ts";
import { webpExif } from "./webpExif.ts";

/**
 * Decodes a picture in a browser's page or worker: upright (EXIF orientation), in sRGB with 8 bits,
 * transparency on white, the first frame of an animation. The twin of decode.node.ts: the same limits
 * and the same sentences.
 *
 * @param file the file, a pasted picture or a download
 * @param name how errors call it
 * @throws PictureError (code "input") naming the file: empty, no picture, damaged, too large
 */
export async function decodeImage(file: Blob, name: string, limits: DecodeLimits = {}): Promise<Pixels> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const format = admit(bytes, name, limits);
  const exif = format === "WebP" ? webpExif(bytes) : undefined;
  // Browsers disagree on whether EXIF turns a WebP, so it is hidden from them and done here.
  if (exif) bytes.set(HIDDEN_CHUNK, exif.at);
  const source = exif ? new Blob([bytes]) : file;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(source, { imageOrientation: "from-image", premultiplyAlpha: "none" });
  } catch (cause) {
    throw new PictureError(name, { kind: "damaged", format }, { cause });
  }
  try {
    return upright(readPixels(bitmap), exif?.orientation ?? 1);
  } finally {
    bitmap.close();
  }
}

/** A chunk name that means nothing; readers skip unknown chunks (RFC 9649 §2.7.1.6). */
const HIDDEN_CHUNK = [0x5f, 0x5f, 0x5f, 0x5f];

/** Pixels that are read back at a time: phones refuse canvases as large as their own photographs. */
const STRIP_PIXELS = 4_000_000;

/** The pixels of anything a canvas can draw, on white: a bitmap, or a camera's frame. */
export function readPixels(source: ImageBitmap | OffscreenCanvas | VideoFrame): Pixels {
  const [width, height] =
    "displayWidth" in source ? [source.displayWidth, source.displayHeight] : [source.width, source.height];
  const pixels = blank(width, height);
  const rows = Math.min(height, Math.ceil(STRIP_PIXELS / width));
  const canvas = new OffscreenCanvas(width, rows);
  // Read back often: a canvas kept in main memory spares the way through the graphics card.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser gives no two-dimensional canvas.");
  context.fillStyle = "#ffffff";
  let p = 0;
  for (let top = 0; top < height; top += rows) {
    context.fillRect(0, 0, width, rows);
    context.drawImage(source, 0, -top, width, height);
    const rgba = context.getImageData(0, 0, width, Math.min(rows, height - top)).data;
    for (let i = 0; i < rgba.length; i += 4, p += 3) {
      pixels.data[p] = rgba[i]!;
      pixels.data[p + 1] = rgba[i + 1]!;
      pixels.data[p + 2] = rgba[i + 2]!;
    }
  }
  return pixels;
}
