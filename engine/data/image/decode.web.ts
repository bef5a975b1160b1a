import { admit, type DecodeLimits, PictureError } from "./admission.ts";
import type { Pixels } from "./pixels.ts";

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
  const format = admit(new Uint8Array(await file.arrayBuffer()), name, limits);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image", premultiplyAlpha: "none" });
  } catch (cause) {
    throw new PictureError(name, { kind: "damaged", format }, { cause });
  }
  try {
    return readPixels(bitmap);
  } finally {
    bitmap.close();
  }
}

/** The pixels of anything a canvas can draw, on white: a bitmap, or a camera's frame. */
export function readPixels(source: ImageBitmap | OffscreenCanvas | VideoFrame): Pixels {
  const [width, height] =
    "displayWidth" in source ? [source.displayWidth, source.displayHeight] : [source.width, source.height];
  const canvas = new OffscreenCanvas(width, height);
  // Read back once: a canvas kept in main memory spares the way through the graphics card.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser gives no two-dimensional canvas.");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  const rgba = context.getImageData(0, 0, width, height).data;
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, p = 0; i < rgba.length; i += 4, p += 3) {
    data[p] = rgba[i]!;
    data[p + 1] = rgba[i + 1]!;
    data[p + 2] = rgba[i + 2]!;
  }
  return { width, height, data };
}
