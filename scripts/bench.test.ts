import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

function bench(...args: string[]) {
  const models = mkdtempSync(join(tmpdir(), "nacre-bench-"));
  const program = join(import.meta.dirname, "bench.ts");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), program, ...args],
    { env: { ...process.env, NACRE_MODELS: models }, encoding: "utf8" },
  );
  rmdirSync(models);
  return { code: status, out: stdout, err: stderr };
}

test("wrong options end with 2 and say what is wanted", () => {
  const { code, out, err } = bench("train", "--batch", "8,no");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("whole number of at least 1");
});

test("without a release there is nothing to measure", () => {
  expect(bench("infer")).toEqual({
    code: 2,
    out: "",
    err: "There is no release to measure. Train one first.\n",
  });
});
