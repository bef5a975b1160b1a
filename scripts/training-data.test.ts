import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { STRANGER } from "../engine/data/sample.ts";
import { writeShapes } from "../engine/train/shapes.fixture.ts";
import { readTrainingData } from "./training-data.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-data-"));
const data = join(folder, "shapes");
const report = join(folder, "report.json");

beforeAll(() => writeShapes(data, 8));
afterAll(() => rmSync(folder, { recursive: true }));

test("pictures whose labels the doctor suspects are left out, wherever the folder was then, but not of test", async () => {
  const { splits: all } = await readTrainingData("shapes", { data, seed: 1 });
  const suspects = [all.train[0]!, all.val[0]!, all.test[0]!].map(({ path }) => ({
    file: path.replace(data, "elsewhere/shapes"),
  }));
  writeFileSync(report, JSON.stringify({ folder: "elsewhere/shapes", labels: { suspects } }));
  const { splits } = await readTrainingData("shapes", { data, seed: 1, without: report });
  expect(splits).toEqual({ train: all.train.slice(1), val: all.val.slice(1), test: all.test });
});

test("anything else than a report is refused", async () => {
  for (const text of ["", "[]", '{"labels": []}']) {
    writeFileSync(report, text);
    const read = readTrainingData("shapes", { data, seed: 1, without: report });
    await expect(read).rejects.toThrow(
      `${report} is no report of the doctor. Make one with: npm run -s doctor`,
    );
  }
});

test("of other things an eighth as many are taken, without a class, the same each time", async () => {
  // As corrections are exported that say "none of these".
  await writeShapes(join(folder, ".none"), 4);
  const wishes = { data, seed: 1, strangers: join(folder, ".none") };
  const { splits, strangers } = await readTrainingData("shapes", wishes);
  expect(strangers).toHaveLength(Math.ceil(splits.train.length / 8));
  expect(new Set(strangers.map(({ path }) => path)).size).toBe(strangers.length);
  expect(strangers.every(({ path, label }) => path.startsWith(wishes.strangers) && label === STRANGER)).toBe(
    true,
  );
  expect((await readTrainingData("shapes", wishes)).strangers).toEqual(strangers);
  expect((await readTrainingData("shapes", { data, seed: 1 })).splits).toEqual(splits);
});

test("a folder of other things without pictures is refused", async () => {
  mkdirSync(join(folder, "empty"));
  for (const strangers of [join(folder, "empty"), join(folder, "nowhere")]) {
    const read = readTrainingData("shapes", { data, seed: 1, strangers });
    await expect(read).rejects.toThrow(
      `${strangers} holds no pictures. Name a folder with pictures of other`,
    );
  }
});
