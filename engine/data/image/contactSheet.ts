import sharp from "sharp";
import { blank, type Pixels } from "./pixels.ts";

/** Pixels of white between the pictures. */
const GAP = 4;

/** Lays pictures side by side, `columns` a row, on white, and returns the whole as a PNG. */
export async function contactSheet(pictures: readonly Pixels[], columns: number): Promise<Uint8Array> {
  const cellWidth = Math.max(...pictures.map(({ width }) => width)) + GAP;
  const cellHeight = Math.max(...pictures.map(({ height }) => height)) + GAP;
  const sheet = blank(
    cellWidth * Math.min(columns, pictures.length) + GAP,
    cellHeight * Math.ceil(pictures.length / columns) + GAP,
  );
  sheet.data.fill(255);
  pictures.forEach(({ width, height, data }, index) => {
    const left = GAP + (index % columns) * cellWidth;
    const top = GAP + Math.floor(index / columns) * cellHeight;
    for (let y = 0; y < height; y++) {
      const row = data.subarray(y * width * 3, (y + 1) * width * 3);
      sheet.data.set(row, ((top + y) * sheet.width + left) * 3);
    }
  });
  const raw = { width: sheet.width, height: sheet.height, channels: 3 } as const;
  return sharp(sheet.data, { raw }).png().toBuffer();
}
