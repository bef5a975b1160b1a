import sharp, { type Sharp } from "sharp";
import type { PictureFile } from "./pictures.ts";

/** A picture, with how far from Node's a browser's probabilities may be where that is further than usual. */
export interface Scene extends PictureFile {
  readonly tolerance?: number;
}

/** Pictures with the detail and the forms of photographs, drawn: large and small, wide and tall, in every format. */
export async function scenes(): Promise<Scene[]> {
  const files: Readonly<Record<string, Sharp>> = {
    "photograph.jpg": scene(1600, 1200, 1).jpeg({ quality: 85 }),
    "upright.jpg": scene(800, 500, 2).withMetadata({ orientation: 6 }).jpeg({ quality: 60 }),
    "grey.jpg": scene(640, 480, 3).toColourspace("b-w").jpeg(),
    "tall.png": scene(240, 900, 4).png(),
    "transparent.png": scene(400, 300, 5).ensureAlpha(0.6).png(),
    "small.webp": scene(90, 70, 6).webp({ quality: 70 }),
    "wide.avif": scene(700, 300, 7).avif({ effort: 0 }),
    "palette.gif": scene(300, 300, 8).gif(),
    "wide-gamut.jpg": scene(500, 400, 9).withIccProfile("p3").jpeg(),
  };
  return Promise.all(
    Object.entries(files).map(async ([name, picture]) => ({
      name,
      mimeType: "", // browsers and we look at the bytes
      buffer: await picture.toBuffer(),
      // Browsers convert these colours in coarser steps: pixels differ by one here and there.
      tolerance: ["wide.avif", "wide-gamut.jpg"].includes(name) ? 0.05 : undefined,
    })),
  );
}

/** A body of brass before a clouded sky, other clouds and another body with every seed. */
function scene(width: number, height: number, seed: number): Sharp {
  const [x, y, tilt] = [20 + 7 * seed, 45 + (seed % 3) * 8, 40 * seed];
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">
      <defs>
        <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#4a86c8"/><stop offset="1" stop-color="#e8d9b8"/></linearGradient>
        <radialGradient id="brass" cx=".35" cy=".3"><stop stop-color="#fff3c0"/><stop offset=".5" stop-color="#c8922a"/><stop offset="1" stop-color="#4a2c08"/></radialGradient>
        <filter id="clouds" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".04" numOctaves="5" seed="${seed}"/></filter>
      </defs>
      <rect width="100" height="100" fill="url(#sky)"/>
      <rect width="100" height="100" filter="url(#clouds)" opacity=".5"/>
      <g transform="translate(${x} ${y}) rotate(${tilt})">
        <path d="M-4-30h8v26c14 2 18 12 18 20 0 12-10 18-22 18s-22-6-22-18c0-8 4-18 18-20z" fill="url(#brass)"/>
        <circle cy="14" r="7" fill="#1c1208"/>
        <path d="M-1.500-28v60M1.500-28v60" stroke="#e8e8e8" stroke-width=".6"/>
      </g>
    </svg>`),
  ).removeAlpha();
}
