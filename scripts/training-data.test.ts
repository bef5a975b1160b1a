import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeShapes } from "../engine/train/shapes.fixture.ts";
import { readTrainingData } from "./training-data.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-data-"));
const data = join(folder, "shapes");
const report = join(folder, "report.json");

beforeAll(() => writeShapes(data, 8));
afterAll(() => rmSync(folder, { recursive: true }));

test("pictures whose labels the doctor suspects are not learnt from, wherever the folder was then", async () => {
  const all = await readTrainingData("shapes", { data, seed: 1 });
  const [doubtful, ...others] = all.splits.train;
  const held = all.splits.val[0]!;
  const suspects = [doubtful!, held].map(({ path }) => ({ file: path.replace(data, "elsewhere/shapes") }));
  writeFileSync(report, JSON.stringify({ folder: "elsewhere/shapes", labels: { suspects } }));
  const { splits } = await readTrainingData("shapes", { data, seed: 1, without: report });
  expect(splits).toEqual({ ...all.splits, train: others });
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
