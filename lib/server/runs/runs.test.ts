import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "../database.ts";
import { commandOf } from "./command.ts";
import { askToStop, isAlive } from "./process.ts";
import { beginLine, endLine, epochLine, runJson } from "./run.fixture.ts";
import { readRunFolder } from "./run-folder.ts";
import { findRun, listRuns } from "./run-store.ts";
import { takeIn, takeInAll } from "./take-in.ts";

const folder = mkdtempSync(join(tmpdir(), "nacre-runs-"));
let database: Database;
beforeAll(async () => {
  process.env.NACRE_DATA = join(folder, "data");
  database = await openDatabase(join(import.meta.dirname, "..", "..", ".."));
});
afterAll(async () => {
  await database.close();
  delete process.env.NACRE_DATA;
  rmSync(folder, { recursive: true });
});

/** Writes a run's folder. */
function write(name: string, lines: readonly object[], of: object = {}): string {
  const path = join(folder, "runs", name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "run.json"), JSON.stringify({ ...runJson, data: `/data/${name}`, ...of }));
  writeFileSync(join(path, "record.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

test("a run goes from its folder through the database to whoever looks", async () => {
  const path = write("whole", [
    beginLine(),
    epochLine(0),
    epochLine(1, { best: true, valTop1: 0.8 }),
    endLine("finished"),
  ]);
  await takeIn(database.client, path);
  const [summary] = await listRuns(database.client);
  expect(summary).toMatchObject({
    name: "whole",
    task: "birds",
    network: "resnet50",
    outcome: "finished",
    bestEpoch: 1,
    bestTop1: 0.8,
  });
  const run = await findRun(database.client, summary!.id);
  expect(run).toMatchObject({
    data: "/data/whole",
    config: runJson.config,
    machine: { host: hostname() },
    version: "0.1.0",
  });
  expect(run!.epochs.map(({ epoch }) => epoch)).toEqual([0, 1]);
  expect(await findRun(database.client, "no such run")).toBeUndefined();
});

test("what has not changed is not read again, what grew is, and moving a folder makes no second run", async () => {
  const path = write("growing", [beginLine({ pid: process.pid }), epochLine(0)]);
  expect((await takeIn(database.client, path))?.outcome).toBe("running");
  appendFileSync(
    join(path, "record.jsonl"),
    `${JSON.stringify(epochLine(1))}\n${JSON.stringify(endLine("stopped"))}\n`,
  );
  expect(await takeIn(database.client, path)).toMatchObject({ outcome: "stopped", epochs: { length: 2 } });
  expect(await takeIn(database.client, path)).toBeUndefined();
  const before = (await listRuns(database.client)).length;
  write("moved", [beginLine(), endLine("finished")], { data: "/data/growing" });
  await takeInAll(database.client, join(folder, "runs"));
  expect(await listRuns(database.client)).toHaveLength(before);
});

test("a run whose process is gone, or says nothing for long, is lost; one that was resumed goes on", async () => {
  const gone = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => gone.on("exit", resolve));
  const outcome = async (name: string, lines: readonly object[]) =>
    (await readRunFolder(write(name, lines))).outcome;
  expect(await outcome("killed", [beginLine({ pid: gone.pid }), epochLine(0)])).toBe("lost");
  const started = "2026-01-01T00:00:00Z";
  expect(
    await outcome("silent", [beginLine({ pid: process.pid, at: started }), epochLine(0, { at: started })]),
  ).toBe("lost");
  const later = new Date(Date.now() + 1000).toISOString();
  expect(await outcome("resumed", [endLine("stopped"), beginLine({ pid: process.pid, at: later })])).toBe(
    "running",
  );
  expect(isAlive(gone.pid!)).toBe(false);
  expect(askToStop({ pid: gone.pid!, host: hostname() })).toBe(false);
  expect(askToStop({ pid: process.pid, host: "another-machine" })).toBe(false);
});

test("a failed run tells why, and words of whoever wrote it stay words", async () => {
  const sly = "'; DROP TABLE Run; -- <script>alert(1)</script>";
  const path = write("failed", [beginLine(), endLine("failed", sly)], { task: sly });
  const found = await takeIn(database.client, path);
  expect(await findRun(database.client, found!.id)).toMatchObject({
    outcome: "failed",
    reason: sly,
    task: sly,
  });
});

test("an epoch that is told twice counts once, and a line that is being written does not count yet", async () => {
  const path = write("torn", [beginLine(), epochLine(0, { loss: 9 }), epochLine(0, { loss: 1 })]);
  appendFileSync(join(path, "record.jsonl"), '{"at":"2026-');
  const step = (epoch: number, done: number, loss: number) =>
    JSON.stringify({ at: new Date().toISOString(), epoch, done, of: 10, loss, rate: 0.1, itemsPerSecond: 9 });
  const steps = [step(0, 2, 3), step(0, 5, 9), step(1, 2, 9), step(0, 5, 2), step(0, 8, 1)];
  writeFileSync(join(path, "steps.jsonl"), `${steps.join("\n")}\n{"at`);
  const run = await readRunFolder(path);
  expect(run.epochs).toMatchObject([{ epoch: 0, loss: 1 }]);
  expect(run.steps.map(({ loss }) => loss)).toEqual([3, 2, 1]);
});

test("whatever the files hold, it is a run or no run, and nothing else", async () => {
  const path = write("odd", []);
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.array(fc.oneof(fc.json(), fc.string())), async (asked, lines) => {
      writeFileSync(join(path, "record.jsonl"), lines.join("\n"));
      expect((await readRunFolder(path)).epochs).toEqual([]);
      writeFileSync(join(path, "run.json"), asked);
      await expect(readRunFolder(path)).rejects.toThrow(/holds no run/);
      writeFileSync(join(path, "run.json"), JSON.stringify(runJson));
    }),
    { numRuns: 30 },
  );
});

test("the command makes the same run again, without naming its folder", () => {
  expect(commandOf(runJson, undefined)).toBe(
    "npm run train -- birds --data /data/birds --init /weights.safetensors --network resnet50 --seed 7 --threads 2 --device cpu",
  );
  const words = [
    "birds",
    "--data",
    "my birds",
    "--out",
    "runs/a",
    "--no-release",
    "--epochs",
    "3",
    "--checkpoint-every",
    "0",
  ];
  expect(commandOf(runJson, words)).toBe("npm run train -- birds --data 'my birds' --epochs 3");
  expect(commandOf(runJson, ["birds", "--data", "it's $HOME"])).toBe(
    `npm run train -- birds --data 'it'\\''s $HOME'`,
  );
});
