import { expect, test } from "vitest";
import { NETWORKS } from "../networks/index.ts";
import { averageOf, parseConfig, rateOf } from "./config.ts";
import { epochsOf, finalSize, pictureSchema, sizeAt } from "./pictureConfig.ts";
import { recipeFor, withEpochs, withPictures } from "./recipes.ts";

const recipe = recipeFor("resnet50");

test.each(Object.keys(NETWORKS))("the recipe of %s is a sound configuration, as JSON too", (network) => {
  const config = recipeFor(network);
  expect(parseConfig(pictureSchema, JSON.parse(JSON.stringify(config)), "it")).toEqual(config);
});

test.each([
  [{ ...recipe, epochs: 3 }, 'it: Unrecognized key: "epochs".'],
  [{ ...recipe, batch: 0 }, "it: batch: Too small: expected number to be >=1."],
  [
    { ...recipe, sizes: [{ epochs: 1, size: 100 }] },
    "it: sizes.0.size: Invalid number: must be a multiple of 32.",
  ],
  [{ ...recipe, sizes: [] }, "it: sizes: Too small"],
  [{ ...recipe, schedule: { name: "cosine", rate: -1, warmUp: 0 } }, "it: schedule.rate: Too small"],
  [{ ...recipe, schedule: { name: "linear", rate: 1 } }, "it: schedule.name: Invalid"],
  [{ ...recipe, recipe: { flips: 0.5 } }, 'it: recipe: Unrecognized key: "flips".'],
  [{ ...recipe, seed: 2 ** 30 }, "it: seed: Too big"],
  [null, "it: Invalid input: expected object"],
])("a wrong field is named (%#)", (value, message) => {
  expect(() => parseConfig(pictureSchema, value, "it")).toThrow(message);
});

test("a size for each epoch, the last one ever after", () => {
  const config = { ...recipe, sizes: [{ epochs: 2, size: 64 }, { epochs: 1, size: 96 }] }; // biome-ignore format: one line
  expect([0, 1, 2, 3].map((epoch) => sizeAt(config, epoch))).toEqual([64, 64, 96, 96]);
  expect([epochsOf(config), finalSize(config)]).toEqual([3, 96]);
});

test.each([
  [1, [[1, 160]]],
  [
    2,
    [
      [1, 128],
      [1, 160],
    ],
  ],
  [
    5,
    [
      [3, 128],
      [2, 160],
    ],
  ],
  [
    20,
    [
      [12, 128],
      [8, 160],
    ],
  ],
])("%d epochs are shared out among the recipe's sizes", (epochs, stages) => {
  const { sizes } = withEpochs({ ...recipe, sizes: [{ epochs: 6, size: 128 }, { epochs: 4, size: 160 }] }, epochs); // biome-ignore format: one line
  expect(sizes.map((stage) => [stage.epochs, stage.size])).toEqual(stages);
});

test("few pictures make a small batch", () => {
  const batches = [1, 6, 60, 100, 256, 1e5].map((pictures) => withPictures(recipe, pictures).batch);
  expect(batches).toEqual([1, 1, 4, 8, 32, 32]);
});

test("rates are of whole parts, and the most exact one counts", () => {
  const config = { ...recipe, rates: { features: 0.1, "features.1": 0.5, fc: 4 } };
  const rates = ["features.1.0.weight", "features.10.0.weight", "fc.bias", "fc2.bias"].map((name) =>
    rateOf(config, name),
  );
  expect(rates).toEqual([0.5, 0.1, 4, 1]);
});

test("the average of a short run does not reach back to its beginning", () => {
  const config = { ...recipe, average: 0.995 };
  expect([3, 10, 100, 5000].map((steps) => averageOf(config, steps))).toEqual([0, 0.5, 0.95, 0.995]);
  expect(averageOf({ ...config, average: undefined }, 10)).toBeUndefined();
});
