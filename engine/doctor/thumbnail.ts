import sharp from "sharp";
import { readPicture } from "../data/readPicture.ts";

/** WebP's quality: enough to tell what is on a small picture. */
const QUALITY = 70;

/**
 * A small copy of a picture as a data: address, upright, its longer side at most `side` pixels.
 *
 * @throws NacreError "input" naming a picture that cannot be read
 */
export async function thumbnail(path: string, side: number): Promise<string> {
  const { width, height, data } = await readPicture(path);
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(side, side, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .toBuffer();
  return `data:image/webp;base64,${bytes.toString("base64")}`;
}
