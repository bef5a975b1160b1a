import { type Browser, chromium } from "@playwright/test";
import { build } from "esbuild";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium } from "../../../scripts/chromium.mjs";
import { decodeImage } from "./decode.node.ts";

const executablePath = findChromium();
if (!executablePath) {
  console.warn("decode.web.test.ts: skipped, no Chromium found; set CHROMIUM_PATH to run it.");
}

const WIDTH = 32;
const HEIGHT = 20;
let browser: Browser | undefined;
let decodeInBrowser: (file: Uint8Array, name: string) => Promise<{ data: number[]; size: number[] } | string>;

beforeAll(async () => {
  if (!executablePath) return;
  const bundle = await build({
    entryPoints: [new URL("./decode.web.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "decoder",
  });
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
  decodeInBrowser = (file, name) =>
    page.evaluate(
      async ([base64, called]) => {
        const { decodeImage } = (globalThis as unknown as { decoder: typeof import("./decode.web.ts") })
          .decoder;
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        try {
          const { width, height, data } = await decodeImage(new Blob([bytes]), called);
          return { size: [width, height], data: [...data] };
        } catch (error) {
          return (error as Error).message;
        }
      },
      [Buffer.from(file).toString("base64"), name] as const,
    );
}, 30_000);

afterAll(() => browser?.close());

/** Smooth, so that two decoders' ways of enlarging halved chroma differ little. */
function picture() {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH)];
    return 128 + 50 * Math.sin(x / 11 + (i % 3)) + 40 * Math.cos(y / 9);
  });
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

test.skipIf(!executablePath)("browser and Node read the same pixels", async () => {
  const files: Record<string, Buffer> = {
    png: await picture().png().toBuffer(),
    png16: await picture().toColourspace("rgb16").png().toBuffer(),
    palette: await picture().png({ palette: true }).toBuffer(),
    gray: await picture().toColourspace("b-w").png().toBuffer(),
    alpha: await picture().ensureAlpha(0.4).png().toBuffer(),
    p3: await picture().withIccProfile("p3").png().toBuffer(),
    jpeg: await picture().jpeg({ quality: 95 }).toBuffer(),
    grayJpeg: await picture().toColourspace("b-w").jpeg().toBuffer(),
    webp: await picture().webp().toBuffer(),
    avif: await picture().avif({ effort: 0 }).toBuffer(),
    gif: await picture().gif().toBuffer(),
    cmyk: await picture().toColourspace("cmyk").withIccProfile("cmyk").jpeg({ quality: 95 }).toBuffer(),
  };
  for (let orientation = 1; orientation <= 8; orientation++) {
    files[`exif${orientation}`] = await picture().withMetadata({ orientation }).jpeg().toBuffer();
    files[`exif${orientation}.webp`] = await picture().withMetadata({ orientation }).webp().toBuffer();
  }
  for (const [name, file] of Object.entries(files)) {
    const here = await decodeImage(file, name);
    const there = await decodeInBrowser(file, name);
    if (typeof there === "string") throw new Error(there);
    expect(there.size, name).toEqual([here.width, here.height]);
    const differences = there.data.map((byte, i) => Math.abs(byte - here.data[i]!));
    // Only colour spaces are converted a rounding apart, and CMYK by browsers without regard to its profile.
    const [most, mean] = name === "cmyk" ? [50, 12] : [1, 0.2];
    expect(Math.max(...differences), name).toBeLessThanOrEqual(most);
    expect(differences.reduce((a, b) => a + b) / differences.length, name).toBeLessThan(mean);
  }
});

test.skipIf(!executablePath)("browser and Node refuse with the same words", async () => {
  const whole = await picture().png().toBuffer();
  const bomb = Buffer.from(whole);
  bomb.writeUInt32BE(20_000, 16);
  bomb.writeUInt32BE(20_000, 20);
  const damaged = await picture().png({ compressionLevel: 0 }).toBuffer();
  damaged.fill(0x55, 60, 400);
  for (const bytes of [new Uint8Array(), Uint8Array.from([1, 2, 3]), whole.subarray(0, 99), bomb, damaged]) {
    const here = await decodeImage(bytes, "a.png").catch((error: Error) => error.message);
    expect(await decodeInBrowser(bytes, "a.png")).toBe(here);
  }
});
