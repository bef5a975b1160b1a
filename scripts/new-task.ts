/** npm run new-task: a task of one's own, described from the folders of its pictures. */

import { mkdir, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { scanImageFolder } from "../engine/data/folder.ts";
import { trainingSplits } from "../engine/data/split.ts";
import { NacreError } from "../engine/errors.ts";
import { Rng } from "../engine/random.ts";
import { storageError } from "../engine/train/writeWhole.ts";
import { command, run } from "./command.ts";
import { asSpoken, classesOf } from "./folder-classes.ts";
import { taskReport } from "./new-task-report.ts";
import { type PictureTask, taskSource } from "./new-task-source.ts";
import { expectTaskName, modelsFolder } from "./tasks.ts";
import { scanClasses } from "./training-data.ts";

interface Options {
  readonly data?: string;
  readonly title?: string;
  readonly titleZh?: string;
}

const program = command("new-task", "Looks at folders of pictures and describes them as a task to train.", [
  "npm run -s new-task -- flowers --data ~/flowers",
  'npm run -s new-task -- flowers --data ~/flowers --title "Garden flowers" --title-zh 花园里的花',
])
  .argument("<task>", "its name, also in its page's address: lower-case letters, digits and hyphens")
  .option("--data <folder>", "pictures as {train,val,test}/<class>/ or <class>/ (default: data/<task>)")
  .option("--title <words>", "its title in English (default: its name)")
  .option("--title-zh <words>", "its title in Chinese (default: the English one)")
  .action(newTask);

await run(program);

async function newTask(id: string, { data, title, titleZh }: Options): Promise<void> {
  expectTaskName(id);
  const pictures = data ?? join("data", id);
  const { classes: folders } = await scanImageFolder(pictures);
  const classes = classesOf(folders);
  // What training would refuse is refused here, before anything is written.
  const splits = trainingSplits(await scanClasses(pictures, classes), new Rng(1));
  const en = title ?? asSpoken(id).replace(/^./, (letter) => letter.toUpperCase());
  const path = await write({
    id,
    title: { en, zh: titleZh ?? en },
    classes,
    input: { kind: "image", fit: "crop" },
    networks: { standard: "resnet50", light: "mobilenetv2" },
  });
  for (const line of taskReport(folders, classes, splits)) console.log(line);
  console.log(
    `\nWritten: ${relative(process.cwd(), path)}. Its names are what people will read: look at them.`,
  );
  console.log(`Then:    npm run train -- ${id}${data === undefined ? "" : ` --data ${quoted(data)}`}`);
}

/** Writes models/<id>/task.ts and returns its path. Throws NacreError("usage") where it is there already. */
async function write(task: PictureTask): Promise<string> {
  const folder = join(modelsFolder(), task.id);
  const path = join(folder, "task.ts");
  const types = relative(folder, join(import.meta.dirname, "../engine/task.ts"))
    .split(sep)
    .join("/");
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, taskSource(task, types), { flag: "wx" });
    return path;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw storageError(path, cause);
    throw new NacreError(
      "usage",
      `${path} is there already. Change it by hand, or choose another name for the new task.`,
      { cause },
    );
  }
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
