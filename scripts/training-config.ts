/** What a training does: the network's recipe, and what a person wants otherwise. */

import { readFile } from "node:fs/promises";
import { NacreError } from "../engine/errors.ts";
import { parseConfig } from "../engine/train/config.ts";
import { type PictureConfig, pictureSchema } from "../engine/train/pictureConfig.ts";
import { recipeFor, withEpochs, withPictures } from "../engine/train/recipes.ts";

/** What a person may say of a training. */
export interface Wishes {
  readonly network: string;
  readonly seed: number;
  readonly epochs?: number;
  readonly freeze?: readonly string[];
  /** A JSON file with fields of PictureConfig. */
  readonly config?: string;
}

/**
 * The configuration for so many pictures.
 *
 * @throws NacreError("usage") naming the field that is wrong, or the file that is no JSON
 */
export async function trainingConfig(wishes: Wishes, pictures: number): Promise<PictureConfig> {
  const { network, seed, epochs, freeze = [], config: file } = wishes;
  const recipe = withPictures(recipeFor(network), pictures);
  const changes = file === undefined ? {} : await readChanges(file);
  const config = parseConfig(
    pictureSchema,
    { ...recipe, freeze, ...changes, network, seed },
    file ?? "The options",
  );
  return epochs === undefined ? config : withEpochs(config, epochs);
}

/** The fields of a JSON file. Throws NacreError("usage") where it holds no object. */
export async function readChanges(file: string): Promise<object> {
  let changes: unknown;
  try {
    changes = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new NacreError("usage", `${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof changes === "object" && changes !== null && !Array.isArray(changes)) return changes;
  throw new NacreError("usage", `${file} should hold one JSON object, such as {"patience": 3}.`);
}
