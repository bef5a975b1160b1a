import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Task } from "../engine/task.ts";
import { samplesOf } from "./samples.ts";

const folder = fileURLToPath(new URL("../public/samples", import.meta.url));

test.each(readdirSync(folder))("%s: every drawing is listed, shows a class and is small", async (name) => {
  const { default: task }: { default: Task } = await import(`../models/${name}/task.ts`);
  const shown = samplesOf(name).map(({ shows }) => shows);
  const files = shown.flatMap((id) => [`${id}.svg`, `${id}.webp`]);
  expect(files.sort()).toEqual(readdirSync(`${folder}/${name}`).sort());
  for (const id of shown) {
    expect(task.classes.map((entry) => entry.id)).toContain(id);
    // All of them are kept for the times without a network.
    expect(statSync(`${folder}/${name}/${id}.webp`).size).toBeLessThan(75_000);
  }
});
