/** From a folder of pictures to the classes and splits of a task. */

import { type ImageFolder, scanImageFolder } from "../engine/data/folder.ts";
import type { ImageInput } from "../engine/data/image/normalise.ts";
import { type Splits, trainingSplits } from "../engine/data/split.ts";
import { Rng } from "../engine/random.ts";
import { findClass, type Name, type TaskClass } from "../engine/task.ts";
import { asSpoken, classesOf } from "./folder-classes.ts";
import { readTask } from "./tasks.ts";

export interface TrainingData {
  readonly title: Name;
  readonly classes: readonly TaskClass[];
  readonly fit: ImageInput["fit"];
  readonly splits: Splits;
}

/**
 * The pictures of a task that models/ describes, by its classes; of any other, by the folders' names.
 *
 * @throws NacreError("input") naming what is wrong with the folder
 */
export async function readTrainingData(id: string, data: string, seed: number): Promise<TrainingData> {
  const task = await readTask(id);
  const classes = task?.classes ?? classesOf((await scanImageFolder(data)).classes);
  return {
    title: task?.title ?? { en: asSpoken(id), zh: asSpoken(id) },
    classes,
    fit: task?.input.fit ?? "crop",
    splits: trainingSplits(await scanClasses(data, classes), new Rng(seed)),
  };
}

/** Finds the pictures of classes, whatever the folders call them. Throws NacreError("input") on folders of others. */
export function scanClasses(data: string, classes: readonly TaskClass[]): Promise<ImageFolder> {
  return scanImageFolder(data, {
    classes: classes.map(({ id }) => id),
    aliases: (name) => classes[findClass(classes, name)]?.id,
  });
}
