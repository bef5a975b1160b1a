import { blank, type Pixels } from "./pixels.ts";

/**
 * Turns a stored picture the way its EXIF orientation (1 … 8, EXIF 2.32 §4.6.4) says it is to be seen;
 * 5 to 8 swap width and height.
 */
export function upright(pixels: Pixels, orientation: number): Pixels {
  if (orientation === 1) return pixels;
  const { width, height, data } = pixels;
  const swapped = orientation >= 5;
  const result = swapped ? blank(height, width) : blank(width, height);
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  let q = 0;
  for (let y = 0; y < result.height; y++) {
    for (let x = 0; x < result.width; x++) {
      const column = swapped ? y : x;
      const row = swapped ? x : y;
      const p =
        ((fromBottom ? height - 1 - row : row) * width + (fromRight ? width - 1 - column : column)) * 3;
      result.data[q++] = data[p]!;
      result.data[q++] = data[p + 1]!;
      result.data[q++] = data[p + 2]!;
    }
  }
  return result;
}
