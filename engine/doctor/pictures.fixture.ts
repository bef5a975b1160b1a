/** Drawn pictures for the doctor's tests. */

import sharp, { type Sharp } from "sharp";
import { decodeImage } from "../data/image/decode.node.ts";
import type { Pixels } from "../data/image/pixels.ts";
import type { Rng } from "../random.ts";

/** A picture of some shapes in random places and colours, 160 × 120 pixels. */
export function scene(rng: Rng): Sharp {
  const colour = () => `hsl(${rng.integer(360)}, ${40 + rng.integer(60)}%, ${20 + rng.integer(60)}%)`;
  const shapes = Array.from({ length: 7 }, () => {
    const [x, y, size] = [rng.integer(160), rng.integer(120), 12 + rng.integer(40)];
    return rng.chance(0.5)
      ? `<circle cx="${x}" cy="${y}" r="${size / 2}" fill="${colour()}"/>`
      : `<rect x="${x - size / 2}" y="${y - size / 2}" width="${size}" height="${size}" fill="${colour()}" transform="rotate(${rng.integer(90)} ${x} ${y})"/>`;
  });
  return drawn(`<rect width="160" height="120" fill="${colour()}"/>${shapes.join("")}`);
}

/** Water that gets darker downwards, with a fish somewhere: hardly anything to tell it from others by. */
export function water(rng: Rng): Sharp {
  const [x, y, hue] = [20 + rng.integer(120), 20 + rng.integer(80), 195 + rng.integer(20)];
  const [length, height, angle] = [6 + rng.integer(14), 3 + rng.integer(6), rng.integer(180)];
  return drawn(
    `<linearGradient id="w" x2="0" y2="1"><stop stop-color="hsl(${hue}, 70%, 60%)"/><stop offset="1" stop-color="hsl(${hue}, 80%, 25%)"/></linearGradient>
<rect width="160" height="120" fill="url(#w)"/><ellipse cx="${x}" cy="${y}" rx="${length}" ry="${height}" fill="hsl(${rng.integer(60)}, 60%, 55%)" transform="rotate(${angle} ${x} ${y})"/>`,
  );
}

export const decoded = async (picture: Sharp): Promise<Pixels> =>
  decodeImage(await picture.png().toBuffer(), "a drawn picture");

const drawn = (content: string): Sharp =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120">${content}</svg>`));
