import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { Rng } from "../../engine/random.ts";

/** As phones take them: 12 megapixels. */
export const photoSize = { width: 4000, height: 3000 } as const;

/**
 * Writes two files of the same drawn photograph into a folder and returns their paths: a JPEG of some 4 MB, with
 * the grain that makes real ones slow to decode.
 */
export async function writePhotos(folder: string): Promise<readonly string[]> {
  const rng = new Rng(1);
  const side = 500;
  const grain = Buffer.from(Uint8Array.from({ length: side * side * 3 }, () => 128 + 20 * rng.normal()));
  const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="${photoSize.width}" height="${photoSize.height}">
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#4a86c8"/><stop offset="1" stop-color="#e8d9b8"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <ellipse cx="2100" cy="1700" rx="900" ry="700" fill="#a8742a"/><circle cx="2100" cy="1650" r="240" fill="#1c1208"/>
  </svg>`;
  const photo = await sharp(Buffer.from(scene))
    .composite([
      { input: grain, raw: { width: side, height: side, channels: 3 }, tile: true, blend: "overlay" },
    ])
    .jpeg({ quality: 88 })
    .toBuffer();
  const paths = ["one.jpg", "two.jpg"].map((name) => join(folder, name));
  await mkdir(folder, { recursive: true });
  for (const path of paths) await writeFile(path, photo);
  return paths;
}
