/** npm run preview: a contact sheet of training pictures as the network gets to see them. */

import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Option } from "commander";
import { contactSheet } from "../engine/data/image/contactSheet.ts";
import type { Pixels } from "../engine/data/image/pixels.ts";
import { PictureStore } from "../engine/data/pictureStore.ts";
import { TrainingBatches } from "../engine/data/trainingBatches.ts";
import { NETWORKS } from "../engine/networks/index.ts";
import { Rng } from "../engine/random.ts";
import { finalSize } from "../engine/train/pictureConfig.ts";
import { storageError } from "../engine/train/writeWhole.ts";
import { command, run, wholeNumber } from "./command.ts";
import { holdsRun, readRun } from "./run.ts";
import { configOf } from "./training/pictures.ts";
import { trainingConfig } from "./training-config.ts";
import { readTrainingData } from "./training-data.ts";

interface Options {
  readonly data?: string;
  readonly out: string;
  readonly network: string;
  readonly config?: string;
  readonly seed: number;
}

/** Pictures on the sheet, and variations of each. */
const PICTURES = 8;
const VARIATIONS = 8;

const program = command(
  "preview",
  "Draws a contact sheet of training pictures: each as it is, then as it is varied in the first epochs.",
  [
    "npm run -s preview -- my-birds --data ~/birds --out birds.png",
    "npm run -s preview -- runs/my-birds-resnet50",
  ],
)
  .argument("<task|folder>", "a task, whose recipe is shown, or the folder of a run")
  .option("--data <folder>", "pictures as {train,val,test}/<class>/ or <class>/ (default: data/<task>)")
  .option("--out <file>", "the contact sheet", "preview.png")
  .addOption(
    new Option("--network <name>", "whose recipe").choices(Object.keys(NETWORKS)).default("resnet50"),
  )
  .option(
    "--config <file>",
    "JSON with what should differ from the recipe: fields of engine/train/pictureConfig.ts",
  )
  .option("--seed <n>", "of the choice and the variations", wholeNumber(0), 1)
  .action(preview);

await run(program);

async function preview(name: string, options: Options): Promise<void> {
  const record = holdsRun(name) ? await readRun(name) : undefined;
  const task = record?.task ?? name;
  const { seed, out } = options;
  const data = resolve(options.data ?? record?.data ?? join("data", task));
  const { splits, classes } = await readTrainingData(task, {
    data,
    seed: record?.config.seed ?? seed,
    without: record?.without,
  });
  const samples = splits.train;
  const config = record ? configOf(record) : await trainingConfig(options, samples.length);
  const size = finalSize(config);
  const indices = new Rng(seed).permutation(samples.length).slice(0, PICTURES);

  const plan = { samples, classes: classes.length, keptSide: 2 * size, seed: config.seed };
  const store = PictureStore.allocate(samples.length, 1e8);
  const varied = new TrainingBatches({ ...plan, store, recipe: config.recipe, mixing: config.mixing });
  const asTheyAre = new TrainingBatches({ ...plan, store });
  const column = async (batches: TrainingBatches, epoch: number): Promise<Pixels[]> => {
    const order = { epoch, batch: 0, size, indices, repeats: new Uint16Array(indices.length) };
    const { images } = await batches.make(order);
    const length = size * size * 3;
    return Array.from(indices, (_, n) => ({
      width: size,
      height: size,
      data: images.subarray(n * length, (n + 1) * length),
    }));
  };
  const shown = [await column(asTheyAre, 0)];
  for (let epoch = 0; epoch < VARIATIONS; epoch++) shown.push(await column(varied, epoch));
  const rows = Array.from(indices, (_, n) => shown.map((pictures) => pictures[n]!));
  const sheet = await contactSheet(rows.flat(), shown.length);
  await writeFile(out, sheet).catch((cause) => {
    throw storageError(out, cause);
  });
  console.error(`${indices.length} pictures of ${data}, ${VARIATIONS} variations each, in ${out}`);
}
