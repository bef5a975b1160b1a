/** From a folder of pictures to the classes and splits of a task. */

import { scanImageFolder } from "../engine/data/folder.ts";
import type { ImageInput } from "../engine/data/image/normalise.ts";
import { type Splits, trainingSplits } from "../engine/data/split.ts";
import { Rng } from "../engine/random.ts";
import { findClass, type Name, type TaskClass } from "../engine/task.ts";
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
  const folder = await scanImageFolder(data, {
    classes: task?.classes.map((known) => known.id),
    aliases: task && ((name) => task.classes[findClass(task.classes, name)]?.id),
  });
  const classes =
    task?.classes ?? folder.classes.map((name) => ({ id: name, en: spoken(name), zh: spoken(name) }));
  return {
    title: task?.title ?? { en: spoken(id), zh: spoken(id) },
    classes,
    fit: task?.input.fit ?? "crop",
    splits: trainingSplits(folder, new Rng(seed)),
  };
}

/** "bald-eagle" as a person would write it: "bald eagle". */
const spoken = (name: string): string => name.replace(/[-_]+/g, " ");
