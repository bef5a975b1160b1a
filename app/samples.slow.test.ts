import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import { samplesOf } from "./samples.ts";

const folder = fileURLToPath(new URL("../public/samples", import.meta.url));

test.each(readdirSync(folder).flatMap(samplesOf))(
  "$address is what its source shows",
  async ({ address }) => {
    const file = fileURLToPath(new URL(`../public${address}`, import.meta.url));
    const drawing = await sharp(file.replace(".webp", ".svg")).png().toBuffer(); // full size: filters depend on it
    const [a, b] = await Promise.all([file, drawing].map(thumbnail));
    const difference = a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length;
    expect(difference).toBeLessThan(4);
  },
);

const thumbnail = (picture: string | Buffer): Promise<Buffer> =>
  sharp(picture).resize(120, 90, { fit: "fill" }).removeAlpha().raw().toBuffer();
