import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "@playwright/test";
import { scanImageFolder } from "../engine/data/folder.ts";
import { findRelease, listTasks, readTask } from "../scripts/tasks.ts";
import type { PictureFile } from "./pictures.ts";
import { expectSameAnswers } from "./same-answers.ts";
import { scenes } from "./scenes.ts";

// What the browser answers with a release is what Node answers, for drawn pictures and for photos.

for (const task of await listTasks()) {
  const known = await readTask(task);
  if (known !== undefined && known.input.kind !== "image") continue; // other kinds have tests of their own
  const photos = await photosOf(task);
  if (photos.length === 0) console.warn(`There are no photos of ${task} in ../shared/data: drawings only.`);
  for (const variant of ["standard", "light"]) {
    for (const device of ["wasm, 1 thread", "wasm, 2 threads"] as const) {
      test(`${task}, ${variant}, ${device}`, async ({ page, context, baseURL }) => {
        test.setTimeout(1_200_000);
        const folder = await findRelease(task, variant).catch(() => undefined);
        test.skip(folder === undefined, "no such release");
        await context.addCookies([{ name: "nacre-variant", value: variant, url: baseURL }]);
        await expectSameAnswers(page, `/${task}`, device, folder!, [...(await scenes()), ...photos]);
      });
    }
  }
}

/** A photo of every fifth class, from the project's own set and from others'. */
async function photosOf(task: string): Promise<PictureFile[]> {
  const files: PictureFile[] = [];
  for (const folder of [`../shared/data/${task}/test`, `../shared/data/field/${task}`].filter(existsSync)) {
    const { classes, splits } = await scanImageFolder(folder);
    for (let label = 0; label < classes.length; label += 5) {
      const { path } = splits.all!.find((sample) => sample.label === label)!;
      files.push({ name: basename(path), mimeType: "", buffer: readFileSync(path) });
    }
  }
  return files;
}
