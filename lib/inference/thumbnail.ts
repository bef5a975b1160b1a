import { type Pixels, whole } from "../../engine/data/image/pixels.ts";
import { resample } from "../../engine/data/image/resize.ts";

/** The longer side of a thumbnail in pixels: sharp on a phone's fine screen, some 10 kB each. */
const side = 256;

/** A small JPEG of a picture, with its proportions; one that is small already keeps its size. */
export async function thumbnailOf(pixels: Pixels): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(pixels.width, pixels.height));
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const { data } = resample(pixels, whole(pixels), width, height);
  const image = new ImageData(width, height);
  for (let p = 0, i = 0; p < data.length; p += 3, i += 4) {
    image.data[i] = data[p]!;
    image.data[i + 1] = data[p + 1]!;
    image.data[i + 2] = data[p + 2]!;
    image.data[i + 3] = 255;
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
}
