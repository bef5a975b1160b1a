import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Rng } from "../engine/random.ts";
import { newWeights, tinyConfig, writeShapes } from "../engine/train/shapes.fixture.ts";
import { writeWeights } from "../engine/train/weightsFile.ts";
import { type Ended, start } from "./program.fixture.ts";

// Training as a person starts it, stops it, kills it and goes on with it.

const folder = mkdtempSync(join(tmpdir(), "nacre-training-"));
const inFolder = (path: string) => join(folder, path);
const tiny = ["--network", "mobilenetv2", "--config", "tiny.json", "--threads", "1"];
const fresh = ["shapes", "--init", "start.safetensors", ...tiny, "--checkpoint-every", "0"];

beforeAll(async () => {
  await writeShapes(inFolder("data/shapes"), 16);
  await writeWeights(inFolder("start.safetensors"), newWeights("mobilenetv2"));
  writeFileSync(
    inFolder("tiny.json"),
    JSON.stringify({ ...tinyConfig, network: undefined, seed: undefined }),
  );
  mkdirSync(inFolder("models"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const train = (...args: string[]): Promise<Ended> => start("train", args, folder).ended;
const goOn = (run: string, ...args: string[]): string[] => [
  ...["shapes", "--resume", run, "--no-release", "--checkpoint-every", "0"],
  ...args,
];
const best = (run: string): Buffer => readFileSync(inFolder(`${run}/best.safetensors`));

test("killed and stopped at random, with its newest checkpoint spoilt, a run ends in the same weights", async () => {
  const whole = await train(...fresh, "--out", "whole", "--no-release");
  expect(whole).toMatchObject({ code: 0, out: "" });
  expect(whole.err).toMatch(/epoch 2\/2 · 32 px · loss [\d.]+ · val [\d.]+ %.*\nBest on val: /);

  const rng = new Rng(Date.now());
  for (const signal of ["SIGKILL", "SIGINT", "SIGKILL", "SIGTERM"] as const) {
    const args = readdirSync(folder).includes("killed") ? goOn("killed") : [...fresh, "--out", "killed"];
    const { process: child, said, ended } = start("train", args, folder);
    await said("into");
    await sleep(rng.uniform(0, 1500));
    child.kill(signal);
    const { code, err } = await ended;
    if (signal === "SIGKILL") expect(code).toBe(null);
    else
      expect([code, err]).toEqual([
        130,
        expect.stringMatching(/Go on with: npm run train -- shapes --resume killed\n$/),
      ]);
  }
  const newest = readdirSync(inFolder("killed")).findLast((name) => name.startsWith("checkpoint-"))!;
  writeFileSync(inFolder(`killed/${newest}`), "spoilt");
  const rest = await train(...goOn("killed"));
  expect(rest).toMatchObject({
    code: 0,
    err: expect.stringContaining(`${newest} is damaged and passed over`),
  });
  expect(best("killed").equals(best("whole"))).toBe(true);
});

test.each([
  ["Ctrl-C, which a terminal sends to npm and training alike", (npm: number) => process.kill(-npm, "SIGINT")],
  ["kill, which npm hands on to the shell in between", (npm: number) => process.kill(npm, "SIGTERM")],
])("npm is stopped by %s", async (_, stop) => {
  const { npm_lifecycle_event: _event, ...env } = process.env;
  const repository = dirname(import.meta.dirname);
  rmSync(inFolder("by-npm"), { recursive: true, force: true });
  const npm = spawn("npm", ["--prefix", repository, "run", "train", "--", ...fresh, "--out", "by-npm"], {
    cwd: folder,
    env: { ...env, NACRE_MODELS: inFolder("models") },
    detached: true, // a process group of its own
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  npm.stderr.on("data", (text) => {
    err += text;
    if (text.includes("into")) stop(npm.pid!);
  });
  await new Promise((resolve) => npm.on("close", resolve)); // training has closed stderr too by then
  expect(err).toContain("Go on with: npm run train -- shapes --resume by-npm\n");
});

test("changed pictures and an unreadable one are named", async () => {
  cpSync(inFolder("data/shapes"), inFolder("changing"), { recursive: true });
  const data = ["--data", "changing"];
  writeFileSync(
    inFolder("changing/circle/0.png"),
    readFileSync(inFolder("changing/circle/0.png")).subarray(0, 60),
  );
  const unreadable = await train(...fresh, ...data, "--out", "unreadable");
  expect(unreadable).toMatchObject({ code: 3, out: "" });
  expect(unreadable.err).toMatch(/changing\/circle\/0\.png is a PNG picture that is cut short or damaged/);
  rmSync(inFolder("changing/circle/0.png"));
  const changed = await train(...goOn("unreadable", ...data));
  expect(changed).toMatchObject({
    code: 3,
    err: expect.stringContaining("The data have changed since the run in"),
  });
});

test("on a full disk it ends with 6, and goes on when there is room", async ({ skip }) => {
  mkdirSync(inFolder("small"));
  const mount = (options: string) =>
    spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", inFolder("small")]);
  if (mount("size=40m").status !== 0) skip("a small disk can be mounted by root only");
  try {
    const full = await train(...fresh, "--out", "small");
    expect(full).toMatchObject({
      code: 6,
      err: expect.stringContaining("the disk is full; make room and go on."),
    });
    expect(mount("remount,size=200m").status).toBe(0);
    expect(await train(...goOn("small"))).toMatchObject({ code: 0 });
    expect(best("small").equals(best("whole"))).toBe(true);
  } finally {
    spawnSync("umount", [inFolder("small")]);
  }
});

test("a diverging run ends with 5 and a hint", async () => {
  const wild = {
    ...tinyConfig,
    schedule: { name: "constant", rate: 1e30 },
    network: undefined,
    seed: undefined,
  };
  writeFileSync(inFolder("wild.json"), JSON.stringify(wild));
  const { code, err } = await train(...fresh, "--config", "wild.json", "--epochs", "1", "--out", "wild");
  expect([code, err]).toEqual([5, expect.stringContaining("Train again with a lower learning rate")]);
});

test("from a release to another one: train, evaluate, predict", async () => {
  const first = await train(...goOn("whole").filter((arg) => arg !== "--no-release"));
  expect(first).toMatchObject({ code: 0, out: `${inFolder("models/shapes/releases/light-1.0.0")}\n` });
  cpSync(inFolder("data/shapes"), inFolder("data/signs"), { recursive: true });
  const second = await train("signs", ...tiny, "--freeze", "backbone");
  expect(second).toMatchObject({ code: 0, out: `${inFolder("models/signs/releases/light-1.0.0")}\n` });
  expect(second.err).toContain("from /");
  const evaluated = await start("evaluate", ["signs", "--model", "light", "--json"], folder).ended;
  expect(JSON.parse(evaluated.out)).toMatchObject({ task: "signs", network: "mobilenetv2", n: 3 });
  const predicted = await start(
    "predict",
    ["signs", "data/signs/circle/1.png", "--model", "light", "--json"],
    folder,
  ).ended;
  expect(JSON.parse(predicted.out).predictions).toHaveLength(3);
});
