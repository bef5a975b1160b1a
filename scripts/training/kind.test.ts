import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { kindOf } from "./kind.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-kind-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["pictures beside a list of them", "image", ["birds.csv", "train/heron/1.jpg"]],
  ["recordings beside a list of them", "sound", ["list.tsv", "up/1.wav"]],
  ["tables beside a drawing", "text", ["plot.png", "en/train.tsv.gz"]],
  ["pictures beside a hidden table", "image", [".cache/a.csv", "heron/1.jpg"]],
  ["nothing", "image", []],
])("%s: %s", async (name, kind, files) => {
  const data = join(folder, name);
  mkdirSync(data);
  for (const file of files) {
    mkdirSync(dirname(join(data, file)), { recursive: true });
    writeFileSync(join(data, file), "");
  }
  expect(await kindOf("none-of-the-tasks", data)).toBe(kind);
});
