import sharp from "sharp";
import { expect, test } from "vitest";
import { Rng } from "../../random.ts";
import { type AugmentationRecipe, augment, wantsBackground } from "./augment.ts";
import { blur } from "./blur.ts";
import { changeColour } from "./colour.ts";
import { erase } from "./erase.ts";
import { jpegArtefacts } from "./jpegArtefacts.ts";
import { isOnWhite, pasteOnto } from "./paste.ts";
import { blank, type Pixels, whole } from "./pixels.ts";
import { resample } from "./resize.ts";
import { randomCrop, warp } from "./warp.ts";

const SIDE = 40;

/** A smooth colourful picture. */
function scene(width = SIDE, height = SIDE): Pixels {
  const pixels = blank(width, height);
  for (let i = 0; i < pixels.data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    pixels.data[i] = 110 + 50 * Math.sin(x / 5 + (i % 3)) + 40 * Math.cos(y / 6 - (i % 3));
  }
  return pixels;
}

/** A dark ring on white, with a clear hole in its middle. */
function ringOnWhite(): Pixels {
  const pixels = blank(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const distance = Math.hypot((i % SIDE) - SIDE / 2, Math.floor(i / SIDE) - SIDE / 2);
    pixels.data.fill(distance > 6 && distance < 12 ? 20 : 255, i * 3, i * 3 + 3);
  }
  return pixels;
}

function difference(a: Pixels, b: Pixels): number {
  return a.data.reduce((sum, byte, i) => sum + Math.abs(byte - b.data[i]!), 0) / a.data.length;
}

const everything: AugmentationRecipe = {
  paste: { probability: 0.5, size: [0.6, 1], backgroundScale: [0.1, 0.3], backgroundBlur: [0, 2] },
  crop: { scale: [0.3, 1], ratio: [0.75, 1.33] },
  flip: 0.5,
  rotation: { probability: 0.5, degrees: 15 },
  colour: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.05 },
  grayscale: 0.1,
  blur: { probability: 0.3, sigma: [0.3, 2] },
  jpeg: { probability: 0.3, quality: [25, 85] },
  erase: { probability: 0.3, area: [0.02, 0.2], ratio: [0.4, 2.5] },
};

test("the same generator gives the same bytes, another one others, and the source stays as it is", () => {
  const pixels = ringOnWhite();
  const background = scene(60, 50);
  const before = [pixels.data.slice(), background.data.slice()];
  for (let i = 0; i < 40; i++) {
    const make = (seed: number) => augment(pixels, 32, everything, new Rng(seed), background);
    const result = make(i);
    expect([result.width, result.height, result.data.length]).toEqual([32, 32, 32 * 32 * 3]);
    expect(make(i)).toEqual(result);
    expect(difference(make(i + 1000), result)).toBeGreaterThan(0);
  }
  expect([pixels.data, background.data]).toEqual(before);
});

test("an empty recipe squeezes the picture to the square", () => {
  const pixels = scene(50, 30);
  expect(augment(pixels, 24, {}, new Rng(1))).toEqual(resample(pixels, whole(pixels), 24, 24));
});

test("a recipe survives JSON", () => {
  const copy = JSON.parse(JSON.stringify(everything)) as AugmentationRecipe;
  expect(augment(scene(), 32, copy, new Rng(3))).toEqual(augment(scene(), 32, everything, new Rng(3)));
});

test("crops lie within the picture and within their ranges", () => {
  const rng = new Rng(4);
  for (let i = 0; i < 500; i++) {
    const crop = randomCrop(90, 60, { scale: [0.2, 0.8], ratio: [0.7, 1.4] }, rng);
    expect(crop.x).toBeGreaterThanOrEqual(0);
    expect(crop.y).toBeGreaterThanOrEqual(0);
    expect(crop.x + crop.width).toBeLessThanOrEqual(90);
    expect(crop.y + crop.height).toBeLessThanOrEqual(60);
    const share = (crop.width * crop.height) / 5400;
    expect(share > 0.199 && share < 0.801).toBe(true);
  }
});

test("turning by a quarter is an exact turn, and nearly nothing turns nearly nothing", () => {
  const pixels = scene();
  const turned = warp(pixels, whole(pixels), Math.PI / 2, false, SIDE);
  let largest = 0;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      // Output (x, y) shows the picture's (size − 1 − y, x).
      const from = (x * SIDE + (SIDE - 1 - y)) * 3;
      largest = Math.max(largest, Math.abs(turned.data[(y * SIDE + x) * 3]! - pixels.data[from]!));
    }
  }
  expect(largest).toBeLessThanOrEqual(1);
  for (const flip of [false, true]) {
    const still = warp(pixels, whole(pixels), 0, flip, SIDE);
    expect(difference(warp(pixels, whole(pixels), 1e-9, flip, SIDE), still)).toBeLessThan(1);
  }
});

test("colour: ones change nothing, hue turns red to green, no saturation is luma", () => {
  const pixels = scene();
  const none = { brightness: 1, contrast: 1, saturation: 1, hue: 0 };
  expect(changeColour(pixels, none)).toEqual(pixels);
  const red = { width: 1, height: 1, data: Uint8Array.from([240, 0, 0]) };
  expect([...changeColour(red, { ...none, hue: 1 / 3 }).data]).toEqual([0, 240, 0]);
  const gray = changeColour(pixels, { ...none, saturation: 0 }).data;
  for (let p = 0; p < gray.length; p += 3) {
    const [r, g, b] = [pixels.data[p]!, pixels.data[p + 1]!, pixels.data[p + 2]!];
    expect(Math.abs(gray[p]! - (0.299 * r + 0.587 * g + 0.114 * b))).toBeLessThan(0.51);
    expect(gray[p + 1]).toBe(gray[p]);
    expect(gray[p + 2]).toBe(gray[p]);
  }
  const flat = changeColour(pixels, { ...none, contrast: 0 }).data;
  expect(Math.max(...flat) - Math.min(...flat)).toBe(0);
  const double = changeColour(pixels, { ...none, brightness: 2 }).data;
  expect(double.every((byte, i) => byte === Math.min(255, 2 * pixels.data[i]!))).toBe(true);
});

test("blur spreads a point as the Gaussian says and keeps flat colours", () => {
  const point = blank(21, 21);
  point.data[(10 * 21 + 10) * 3] = 255;
  const { data } = blur(point, 1.5);
  const at = (x: number, y: number) => data[(y * 21 + x) * 3]!;
  expect(at(10, 10)).toBeCloseTo(255 / (2 * Math.PI * 1.5 ** 2), -0.5);
  expect(at(12, 10)).toBe(at(8, 10));
  expect(at(10, 12)).toBe(at(12, 10));
  expect(data[(10 * 21 + 10) * 3 + 1]).toBe(0);
  const flat = { width: 5, height: 3, data: new Uint8Array(45).fill(77) };
  expect(blur(flat, 3)).toEqual(flat);
});

test("JPEG: the best quality changes little, a lower one more, flat gray nothing", () => {
  const pixels = scene(37, 29);
  const best = difference(jpegArtefacts(pixels, 100), pixels);
  const poor = difference(jpegArtefacts(pixels, 10), pixels);
  expect(best).toBeLessThan(3);
  expect(poor).toBeGreaterThan(best + 1);
  const flat = { width: 9, height: 9, data: new Uint8Array(243).fill(128) };
  expect(jpegArtefacts(flat, 50)).toEqual(flat);
});

test("JPEG artefacts are those of a real encoder", async () => {
  // Gray, because decoders differ in how they enlarge the halved chroma again.
  const pixels = changeColour(scene(48, 48), { brightness: 1, contrast: 1, saturation: 0, hue: 0 });
  const raw = { width: 48, height: 48, channels: 3 } as const;
  const file = await sharp(pixels.data, { raw }).jpeg({ quality: 30, mozjpeg: false }).toBuffer();
  const theirs = { width: 48, height: 48, data: new Uint8Array(await sharp(file).raw().toBuffer()) };
  const ours = jpegArtefacts(pixels, 30);
  expect(difference(theirs, pixels)).toBeGreaterThan(1.5);
  expect(difference(ours, theirs)).toBeLessThan(0.5);
});

test("a cut-out covers the share of the area that it says with one colour", () => {
  const rng = new Rng(9);
  for (let i = 0; i < 50; i++) {
    const result = erase(blank(SIDE, SIDE), { area: [0.1, 0.2], ratio: [0.5, 2] }, rng);
    const colours = new Set<string>();
    let covered = 0;
    for (let p = 0; p < result.data.length; p += 3) {
      const colour = result.data.subarray(p, p + 3).join();
      if (colour === "0,0,0") continue;
      covered++;
      colours.add(colour);
    }
    expect(colours.size).toBe(1);
    expect(covered / SIDE ** 2 > 0.08 && covered / SIDE ** 2 < 0.22).toBe(true);
  }
});

test("an object on white moves onto the background, which shows around it and through its hole", () => {
  const pixels = ringOnWhite();
  expect(isOnWhite(pixels)).toBe(true);
  expect(isOnWhite(scene())).toBe(false);
  const red = {
    width: SIDE,
    height: SIDE,
    data: Uint8Array.from(scene().data, (_, i) => (i % 3 ? 40 : 200)),
  };
  const range = { size: [1, 1], backgroundScale: [0.3, 0.3], backgroundBlur: [0, 0] } as const;
  const result = pasteOnto(pixels, red, range, new Rng(2));
  const at = (x: number, y: number) => [...result.data.subarray((y * SIDE + x) * 3, (y * SIDE + x) * 3 + 3)];
  expect(at(1, 1)).toEqual([200, 40, 40]);
  expect(at(SIDE / 2, SIDE / 2)).toEqual([200, 40, 40]);
  expect(at(4, SIDE / 2)).toEqual([20, 20, 20]);
  expect(result.data.some((byte, i) => byte > 210 && i % 3 === 0)).toBe(false);
});

test("a picture without an object is left alone", () => {
  const empty = { width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE * 3).fill(255) };
  const range = { size: [0.5, 1], backgroundScale: [0.3, 0.3], backgroundBlur: [0, 0] } as const;
  expect(pasteOnto(empty, scene(), range, new Rng(1))).toEqual(empty);
});

test("backgrounds are wanted for pictures on white only, as often as the recipe says", () => {
  const count = (pixels: Pixels) =>
    Array.from({ length: 400 }, (_, i) => wantsBackground(pixels, everything, new Rng(i))).filter(Boolean)
      .length;
  expect(count(scene())).toBe(0);
  expect(Math.abs(count(ringOnWhite()) - 200)).toBeLessThan(50);
});
