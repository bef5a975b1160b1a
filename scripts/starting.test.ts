import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { BEST } from "../engine/train/run.ts";
import { newWeights } from "../engine/train/shapes.fixture.ts";
import { writeWeights } from "../engine/train/weightsFile.ts";
import { startingWeights } from "./starting.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-starting-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a run's weights can be trained on, and keep the licence that the run began with", async () => {
  const licence = { name: "Apache-2.0", nonCommercial: false, credit: "Somebody's weights." };
  const weights = newWeights("mobilenetv2");
  await writeWeights(join(folder, BEST), weights);
  writeFileSync(join(folder, "run.json"), JSON.stringify({ licence }));
  const classes = ["circle", "square", "triangle"].map((id) => ({ id }));
  const wanted = { task: "shapes", network: "mobilenetv2", classes, seed: 1 };
  for (const init of [folder, join(folder, BEST)]) {
    const start = await startingWeights({ ...wanted, init });
    expect(start.licence).toEqual(licence);
    expect(start.from).toBe(join(folder, BEST));
    expect(start.weights.get("classifier.1.bias")).toEqual(weights.get("classifier.1.bias"));
  }
});
