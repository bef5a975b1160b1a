import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { paints } from "./pictures.ts";

const [width, height] = [160, 120];
const framesPerSecond = 10;

/**
 * Writes a film for Chromium's imitated camera, which repeats it, and returns its path: one colour after the
 * other, each for `seconds`. The format is YUV4MPEG2, 4:2:0.
 */
export function writeFilm(colours: readonly (keyof typeof paints)[], seconds: number): string {
  const folder = resolve(".nacre", "e2e-films");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${colours.join("-")}.y4m`);
  const frames = colours.flatMap((colour) => Array(framesPerSecond * seconds).fill(frame(paints[colour])));
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`),
      ...frames,
    ]),
  );
  return path;
}

/** A frame of one colour (ITU-R BT.601, full range). */
function frame([r, g, b]: readonly [number, number, number]): Buffer {
  const luma = 0.299 * r + 0.587 * g + 0.114 * b;
  const plane = (size: number, value: number) => Buffer.alloc(size, Math.round(value));
  const quarter = (width * height) / 4;
  return Buffer.concat([
    Buffer.from("FRAME\n"),
    plane(width * height, luma),
    plane(quarter, 128 + (b - luma) / 1.772),
    plane(quarter, 128 + (r - luma) / 1.402),
  ]);
}
