import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newWeights, tinyConfig, writeShapes } from "../../../engine/train/shapes.fixture.ts";
import { writeWeights } from "../../../engine/train/weightsFile.ts";
import { type Database, openDatabase } from "../database.ts";
import { type PostgresServer, postgresPrograms, startPostgres } from "../postgres.fixture.ts";
import { askForTraining, lookAhead } from "./ask.ts";
import { addJob, findJob, type Job, stopJob } from "./job-store.ts";
import { openQueue } from "./open-queue.ts";
import type { Queue } from "./queue.ts";
import { work } from "./work.ts";

// Trainings that are asked for, done by the very programs that a person would start.

const root = join(import.meta.dirname, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "nacre-jobs-"));
const inFolder = (path: string) => join(folder, path);
const programs = postgresPrograms();
if (!programs) console.warn("PostgreSQL is not installed here: workers of their own are not tested.");

let server: PostgresServer | undefined;
beforeAll(async () => {
  vi.stubEnv("DATABASE_URL", "");
  vi.stubEnv("NACRE_DATA", inFolder("data"));
  vi.stubEnv("NACRE_RUNS", inFolder("runs"));
  vi.stubEnv("NACRE_MODELS", inFolder("models"));
  for (const name of ["runs", "models"]) mkdirSync(inFolder(name));
  await writeShapes(inFolder("shapes"), 16);
  await writeWeights(inFolder("start.safetensors"), newWeights("mobilenetv2"));
  // Long enough that, on a fast machine too, a run is not over before it is stopped.
  const config = { ...tinyConfig, sizes: [{ epochs: 14, size: 32 }], network: undefined, seed: undefined };
  writeFileSync(inFolder("tiny.json"), JSON.stringify(config));
});
afterAll(async () => {
  await server?.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const words = (): readonly string[] => [
  ...["--data", inFolder("shapes"), "--init", inFolder("start.safetensors"), "--network", "mobilenetv2"],
  ...["--config", inFolder("tiny.json"), "--threads", "1", "--checkpoint-every", "0"],
];

/** Asks for a run of that name, or for going on with it. */
async function ask({ client }: Database, queue: Queue, name: string): Promise<string> {
  const run = inFolder(`runs/${name}`);
  const id = await addJob(client, { kind: "train", task: "shapes", words: words(), folder: run });
  await queue.announce(id);
  return id;
}

/** Waits until a job is as is wished for. */
async function until({ client }: Database, id: string, is: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = (await findJob(client, id))!;
    if (is(job)) return job;
    await sleep(200);
  }
}
const over = (job: Job) => job.state !== "queued" && job.state !== "running";
const learning = (job: Job) =>
  job.state === "running" && existsSync(join(job.folder, "record.jsonl")) && /"epoch":0/.test(record(job));
const record = (job: Job) => readFileSync(join(job.folder, "record.jsonl"), "utf8");
const best = (name: string) => readFileSync(inFolder(`runs/${name}/best.safetensors`));

test("the app trains, is itself started anew meanwhile, stops, goes on from a checkpoint, and tells what was killed", async () => {
  const database = await openDatabase(root);
  const { client } = database;
  const lines: string[] = [];
  const app = async () => {
    const [queue, stop] = [await openQueue(client), new AbortController()];
    const report = (line: string) => void lines.push(line);
    const ended = work({ client, queue, root, signal: stop.signal, bound: false, report });
    const end = () => {
      stop.abort();
      return ended;
    };
    return { queue, end };
  };
  const first = await app();
  const whole = await ask(database, first.queue, "whole");
  const next = await ask(database, first.queue, "broken");
  await until(database, whole, learning);
  expect((await findJob(client, next))?.state).toBe("queued");
  await first.end();
  const second = await app();
  expect(await until(database, whole, over)).toMatchObject({ state: "finished", reason: null });
  expect(lines.some((line) => line.endsWith("whole: found again"))).toBe(true);

  const { pid } = await until(database, next, learning);
  process.kill(pid!, "SIGKILL");
  expect((await until(database, next, over)).state).toBe("lost");
  const again = await ask(database, second.queue, "broken");
  await until(database, again, ({ state }) => state === "running");
  expect(await stopJob(client, again)).toBe(true);
  expect((await until(database, again, over)).state).toBe("stopped");
  const rest = await ask(database, second.queue, "broken");
  expect((await until(database, rest, over)).state).toBe("finished");
  expect(best("broken").equals(best("whole"))).toBe(true);

  writeFileSync(inFolder("wild.json"), "no JSON");
  const bad = { kind: "train", task: "shapes", folder: inFolder("runs/bad") } as const;
  const failing = await addJob(client, { ...bad, words: [...words(), "--config", inFolder("wild.json")] });
  expect(await until(database, failing, over)).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("wild.json cannot be read as JSON"),
  });
  await second.end();
  await database.close();
});

test("what would be trained is said before, by training itself", async () => {
  const wanted = { task: "signs", data: inFolder("shapes"), seed: 1, headOnly: false } as const;
  const init = inFolder("start.safetensors");
  const outlook = await lookAhead(root, { ...wanted, network: "mobilenetv2", epochs: 3, init });
  expect(outlook).toMatchObject({ kind: "image", isNew: true, epochs: 3, init });
  expect(outlook.commands).toEqual([
    `npm run new-task -- signs --data ${inFolder("shapes")}`,
    `npm run train -- signs --data ${inFolder("shapes")} --network mobilenetv2 --epochs 3 --seed 1 --init ${init} --no-release`,
  ]);
  mkdirSync(inFolder("empty"));
  await expect(lookAhead(root, { ...wanted, data: inFolder("empty") })).rejects.toThrow(
    /empty holds no pictures in class folders/,
  );
  const database = await openDatabase(root);
  const queue = await openQueue(database.client);
  const id = await askForTraining(root, database.client, queue, { ...wanted, network: "mobilenetv2", init });
  expect(existsSync(inFolder("models/signs/task.ts"))).toBe(true);
  expect(await findJob(database.client, id)).toMatchObject({
    state: "queued",
    folder: inFolder("runs/signs-mobilenetv2"),
  });
  await stopJob(database.client, id);
  await database.close();
});

/** npm run worker, and what it has said. */
function startWorker(url: string): {
  process: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/worker.ts", "--silence", "8"], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (piece) => {
    err += piece;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { process: child, said: () => err, ended };
}

test.skipIf(!programs)(
  "workers share what is to be done; a killed one's run is taken over from its checkpoint, and Ctrl-C gives it back",
  async () => {
    server = await startPostgres(programs!);
    const url = server.newDatabase();
    vi.stubEnv("DATABASE_URL", url);
    const database = await openDatabase(root);
    const queue = await openQueue(database.client);
    const workers = [startWorker(url), startWorker(url)];
    const names = ["shared-0", "shared-1"];
    const ids = await Promise.all(names.map((name) => ask(database, queue, name)));
    const jobs = await Promise.all(ids.map((id) => until(database, id, learning)));
    const ofWorker = (i: number) =>
      jobs.findIndex(({ folder: run }) => workers[i]!.said().includes(`${run}: begins`));
    expect([ofWorker(0), ofWorker(1)].sort()).toEqual([0, 1]);

    const [killed, left] = [ofWorker(0), ofWorker(1)];
    workers[0]!.process.kill("SIGKILL");
    workers[1]!.process.kill("SIGINT");
    expect(await workers[1]!.ended).toBe(0);
    expect(workers[1]!.said()).toContain(`${jobs[left]!.folder}: given back`);
    expect((await findJob(database.client, ids[left]!))?.state).toBe("queued");

    const last = startWorker(url);
    for (const id of ids)
      expect(await until(database, id, over)).toMatchObject({ state: "finished", reason: null });
    expect(last.said()).toContain(`${jobs[killed]!.folder}: taken over`);
    for (const name of names) expect(best(name).equals(best("whole"))).toBe(true);
    expect((await database.client.run.findMany({ where: { outcome: "finished" } })).length).toBe(2);

    const absent = { kind: "train", task: "shapes", folder: inFolder("runs/absent") } as const;
    const nowhere = await addJob(database.client, { ...absent, words: ["--data", "/no/such/folder"] });
    await queue.announce(nowhere);
    expect(await until(database, nowhere, over)).toMatchObject({
      state: "failed",
      reason: expect.stringMatching(/^There is no \/no\/such\/folder on .*Put the data at the same path/),
    });
    last.process.kill("SIGINT");
    expect(await last.ended).toBe(0);
    await queue.close();
    await database.close();
  },
);

test("a worker without a PostgreSQL database says what it needs", async () => {
  const { ended, said } = startWorker("");
  expect([await ended, said()]).toEqual([2, expect.stringContaining("Set DATABASE_URL")]);
});
