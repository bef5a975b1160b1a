import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeTinyRelease } from "../engine/release/tiny.fixture.ts";

// The programs as a person starts them, on a release that tells colours.

const folder = mkdtempSync(join(tmpdir(), "nacre-cli-"));
const release = join(folder, "models", "colours", "releases", "standard-1.0.0");
const colours = { red: "#f01010", Green: "#10d020", "BLUE ": "#0000f0" };

beforeAll(async () => {
  writeTinyRelease(release);
  for (const [name, background] of Object.entries(colours)) {
    mkdirSync(join(folder, "data", name), { recursive: true });
    for (const i of [1, 2]) {
      const picture = sharp({ create: { width: 20, height: 10, channels: 3, background } });
      await picture.png().toFile(join(folder, "data", name, `${i}.png`));
    }
  }
  writeFileSync(join(folder, "broken.jpg"), "not a picture");
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(script: "evaluate" | "predict", args: readonly string[], input?: Buffer) {
  const { npm_lifecycle_event: _, ...env } = process.env;
  const program = join(import.meta.dirname, `${script}.ts`);
  const result = spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), program, ...args], {
    cwd: folder,
    env: { ...env, NACRE_MODELS: join(folder, "models"), NACRE_DATA: join(folder, ".data") },
    input,
    encoding: "utf8",
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

test("evaluate --json ends with one object, classes told by their folders' names whatever the case", () => {
  const { code, out } = start("evaluate", ["colours", "--data", "data", "--split", "all", "--json"]);
  expect(code).toBe(0);
  const record = JSON.parse(out.trimEnd().split("\n").at(-1)!);
  expect(record).toMatchObject({ task: "colours", model: "standard-1.0.0", n: 6, top1: 1, macroF1: 1 });
  expect(record.confusion).toEqual([
    [2, 0, 0],
    [0, 2, 0],
    [0, 0, 2],
  ]);
  expect(record.intervals95.top1[0]).toBeCloseTo(0.6097, 3);
  expect(record.perClass[2]).toEqual({ class: "blue", precision: 1, recall: 1, f1: 1, support: 2 });
  expect(record.msPerItem).toBeGreaterThan(0);
});

test("predict goes on past a broken picture, names it and ends with 3", () => {
  const { code, out, err } = start("predict", [
    "colours",
    "broken.jpg",
    "data",
    "nowhere.png",
    "--json",
    "--top",
    "1",
  ]);
  expect(code).toBe(3);
  const answers = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers.map(({ predictions }) => predictions?.[0].class)).toEqual([
    undefined,
    "blue",
    "blue",
    "green",
    "green",
    "red",
    "red",
    undefined,
  ]);
  expect(answers[0].error).toContain("broken.jpg is not a picture");
  expect(err.trim().split("\n")).toEqual([answers[0].error, answers[7].error]);
});

test("predict reads a picture from stdin and writes a table", () => {
  const { code, out } = start(
    "predict",
    ["colours", "-", "--csv", "--top", "2"],
    readFileSync(join(folder, "data/red/1.png")),
  );
  expect(code).toBe(0);
  expect(out).toMatch(
    /^file,rank,class,probability,known\n-,1,red,0\.999\d+,\n-,2,(green|blue),0\.000\d+,\n$/,
  );
});

test("wrong use ends with 2 and says what there is", () => {
  const unknown = start("predict", ["birds", "a.jpg"]);
  expect(unknown).toEqual({ code: 2, out: "", err: 'There is no task "birds". There are: colours.\n' });
  expect(start("predict", ["colours", "a.jpg", "--top", "none"]).code).toBe(2);
});

test("a release that was changed ends with 4 and names the file", () => {
  const copy = join(folder, "changed");
  writeTinyRelease(copy);
  appendFileSync(join(copy, "weights.bin"), "!");
  const { code, err } = start("evaluate", ["colours", "--data", "data", "--model", "./changed"]);
  expect(code).toBe(4);
  expect(err).toMatch(/changed\/weights\.bin: 37 bytes where the manifest states 36/);
});
