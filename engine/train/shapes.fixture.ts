/** A tiny task for the tests of training: coloured shapes, 32 pixels wide, and new weights to start from. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { networkOf } from "../networks/index.ts";
import { classifier } from "../networks/network.ts";
import { build } from "../nn/scope.ts";
import { Rng } from "../random.ts";
import type { PictureConfig } from "./pictureConfig.ts";
import { recipeFor } from "./recipes.ts";
import { initialWeights, type Weights } from "./weights.ts";

export const SHAPES = ["circle", "square", "stripes"];

const drawings: Readonly<Record<string, (rng: Rng) => string>> = {
  circle: (rng) =>
    `<circle cx="${rng.uniform(12, 20)}" cy="${rng.uniform(12, 20)}" r="${rng.uniform(6, 10)}" fill="#c03020"/>`,
  square: (rng) =>
    `<rect x="${rng.uniform(2, 12)}" y="${rng.uniform(2, 12)}" width="16" height="16" fill="#2040c0"/>`,
  stripes: (rng) =>
    [0, 11, 22]
      .map((y) => `<rect y="${y + rng.uniform(0, 4)}" width="32" height="5" fill="#20a040"/>`)
      .join(""),
};

/** Draws `count` pictures of each shape as <folder>/<shape>/<number>.png. */
export async function writeShapes(folder: string, count: number, shapes = SHAPES): Promise<void> {
  for (const shape of shapes) {
    mkdirSync(join(folder, shape), { recursive: true });
    for (let i = 0; i < count; i++) {
      const rng = new Rng(i).fork(shape);
      const ground = `rgb(${180 + rng.integer(60)}, 220, 200)`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32" fill="${ground}"/>${drawings[shape]!(rng)}</svg>`;
      await sharp(Buffer.from(svg))
        .png()
        .toFile(join(folder, shape, `${i}.png`));
    }
  }
}

/** New weights of a network for the shapes. */
export function newWeights(network: string): Weights {
  const mode = { training: false, statistics: "frozen" } as const;
  const { slots } = build(classifier(networkOf(network, SHAPES.length)), ["N", 3, 32, 32], mode);
  return initialWeights(slots.values(), new Rng(1));
}

/** A training of a few seconds. */
export const tinyConfig: PictureConfig = {
  ...recipeFor("mobilenetv2"),
  sizes: [{ epochs: 2, size: 32 }],
  batch: 4,
  statistics: "live",
};
