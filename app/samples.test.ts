import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { Task } from "../engine/task.ts";
import { samplesOf } from "./samples.ts";

const folder = fileURLToPath(new URL("../public/samples", import.meta.url));
const tasks = readdirSync(folder);

test.each(tasks)("%s: every drawing is listed and shows one of the classes", async (name) => {
  const { default: task }: { default: Task } = await import(`../models/${name}/task.ts`);
  const shown = samplesOf(name).map(({ shows }) => shows);
  expect(shown.map((id) => `${id}.svg`).sort()).toEqual(
    readdirSync(`${folder}/${name}`).filter((file) => file.endsWith(".svg")),
  );
  for (const id of shown) expect(task.classes.map((entry) => entry.id)).toContain(id);
});

test.each(tasks.flatMap(samplesOf))(
  "$address is what its source looks like, and small",
  async ({ address }) => {
    const file = fileURLToPath(new URL(`../public${address}`, import.meta.url));
    const source = file.replace(".webp", ".svg");
    expect(existsSync(source)).toBe(true);
    expect(readFileSync(file).length).toBeLessThan(75_000); // all of them are kept for the times without a network
    const drawing = await sharp(source).png().toBuffer(); // as large as it is: filters depend on the size
    const [a, b] = await Promise.all([file, drawing].map(thumbnail));
    const difference = a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length;
    expect(difference).toBeLessThan(4);
  },
);

const thumbnail = (file: string | Buffer): Promise<Buffer> =>
  sharp(file).resize(120, 90, { fit: "fill" }).removeAlpha().raw().toBuffer();
