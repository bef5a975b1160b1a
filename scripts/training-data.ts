/** From a folder of pictures to the classes and splits of a task. */

import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import { type ImageFolder, scanImageFolder } from "../engine/data/folder.ts";
import type { ImageInput } from "../engine/data/image/normalise.ts";
import { type Sample, STRANGER } from "../engine/data/sample.ts";
import { type Splits, trainingSplits } from "../engine/data/split.ts";
import { NacreError } from "../engine/errors.ts";
import { Rng } from "../engine/random.ts";
import { findClass, type Name, type TaskClass } from "../engine/task.ts";
import { asSpoken, classesOf } from "./folder-classes.ts";
import { listPictures } from "./pictures.ts";
import { readTask } from "./tasks.ts";
import { begunWith, type Corrections } from "./training/corrections.ts";

export interface TrainingData {
  readonly title: Name;
  readonly classes: readonly TaskClass[];
  readonly fit: ImageInput["fit"];
  /** Corrections are at the end of train. */
  readonly splits: Splits;
  /** Their paths. */
  readonly corrected: readonly string[];
  /** Pictures of other things, to learn to be in doubt about. */
  readonly strangers: readonly Sample[];
}

export interface DataWishes {
  readonly data: string;
  /** Of the split where the folder has none. */
  readonly seed: number;
  /**
   * What `doctor --json` printed of the folder: pictures whose labels look wrong to it are neither learnt from nor
   * validated on. Test stays whole.
   */
  readonly without?: string;
  /** Corrections to learn from beside the folder. */
  readonly corrections?: Corrections;
  /** A folder with pictures of other things, in whatever folders below it. */
  readonly strangers?: string;
}

/** So many times fewer strangers than own pictures are learned from: what it is for comes first. */
const OWN_PER_STRANGER = 8;

/**
 * The pictures of a task that models/ describes, by its classes; of any other, by the folders' names.
 *
 * @throws NacreError("input") naming what is wrong with a folder, or with the doctor's report
 */
export async function readTrainingData(id: string, wishes: DataWishes): Promise<TrainingData> {
  const { data, seed, without, corrections, strangers } = wishes;
  const task = await readTask(id);
  const classes = task?.classes ?? classesOf((await scanImageFolder(data)).classes);
  const splits = trainingSplits(await scanClasses(data, classes), new Rng(seed));
  const doubtful = new Set(without === undefined ? [] : await readSuspects(without, data));
  const corrected = corrections
    ? begunWith(corrections, Object.values((await scanClasses(corrections.folder, classes)).splits).flat())
    : [];
  const train = [...splits.train.filter(({ path }) => !doubtful.has(path)), ...corrected];
  return {
    title: task?.title ?? { en: asSpoken(id), zh: asSpoken(id) },
    classes,
    fit: task?.input.kind === "image" ? task.input.fit : "crop",
    splits: {
      train,
      val: splits.val.filter(({ path }) => !doubtful.has(path)),
      test: splits.test,
    },
    corrected: corrected.map(({ path }) => path),
    strangers: strangers === undefined ? [] : await readStrangers(strangers, train.length, new Rng(seed)),
  };
}

/** Some of the pictures below a folder, few enough beside so many own ones. */
async function readStrangers(folder: string, own: number, rng: Rng): Promise<Sample[]> {
  const paths = await listPictures([folder]);
  if (paths.length === 0 || paths[0] === folder)
    throw new NacreError(
      "input",
      `${folder} holds no pictures. Name a folder with pictures of other things.`,
    );
  const order = rng.fork("strangers").permutation(paths.length);
  const count = Math.ceil(own / OWN_PER_STRANGER);
  return [...order.slice(0, count)].map((i) => ({ path: paths[i]!, label: STRANGER }));
}

const doctorReport = z.object({
  folder: z.string(),
  labels: z.object({ suspects: z.array(z.object({ file: z.string() })) }),
});

/** The paths in `data` of the pictures whose labels a report of `doctor --json` calls suspect. */
async function readSuspects(report: string, data: string): Promise<string[]> {
  try {
    const { folder, labels } = doctorReport.parse(JSON.parse(await readFile(report, "utf8")));
    return labels.suspects.map(({ file }) => join(data, relative(folder, file)));
  } catch (cause) {
    const advice = `Make one with: npm run -s doctor -- ${data} --json > ${report}`;
    throw new NacreError("input", `${report} is no report of the doctor. ${advice}`, { cause });
  }
}

/** Finds the pictures of classes, whatever the folders call them. Throws NacreError("input") on folders of others. */
export function scanClasses(data: string, classes: readonly TaskClass[]): Promise<ImageFolder> {
  return scanImageFolder(data, {
    classes: classes.map(({ id }) => id),
    aliases: (name) => classes[findClass(classes, name)]?.id,
  });
}
