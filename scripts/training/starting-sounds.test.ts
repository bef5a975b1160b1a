import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startingSoundWeights } from "./starting-sounds.ts";

const release = join(import.meta.dirname, "../../models/commands/releases/standard-1.0.0");
const missing = !existsSync(release);
if (missing) console.warn(`${release} is not here: whom its followers thank is not tested.`);

const wanted = {
  task: "words",
  network: "convgru",
  classes: [{ id: "a" }, { id: "b" }],
  few: false,
  seed: 1,
};

test.skipIf(missing)("what goes on from a release keeps its licence, and says what was added", async () => {
  const { licence, trained, weights } = await startingSoundWeights({ ...wanted, init: release });
  expect(trained).toBe(true);
  expect(licence).toMatchObject({ name: "CC-BY-4.0", nonCommercial: false });
  expect(licence.credit).toMatch(
    /^Trained further on recordings .*, from commands standard-1\.0\.0: .*Warden/,
  );
  expect(weights.get("head.bias")!.dims).toEqual([2]);
});

test("from nothing, the recordings alone decide", async () => {
  const { licence, trained } = await startingSoundWeights({ ...wanted, init: "nothing" });
  expect({ trained, name: licence.name }).toEqual({ trained: false, name: "of your recordings" });
});
