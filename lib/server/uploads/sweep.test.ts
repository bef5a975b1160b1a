import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { kinds, NewDatabases } from "../clients.fixture.ts";
import { addJob, stopJob } from "../jobs/job-store.ts";
import { runJson } from "../runs/run.fixture.ts";
import { sweepUploads } from "./sweep.ts";

const root = mkdtempSync(join(tmpdir(), "nacre-sweep-"));
const databases = new NewDatabases();
afterAll(async () => {
  await databases.close();
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const DAY = 24 * 3600_000;

/** A new data folder with uploads, each so many days old; and what is left of them. */
function uploads(ages: Readonly<Record<string, number>>) {
  const data = mkdtempSync(join(root, "data-"));
  vi.stubEnv("NACRE_DATA", data);
  vi.stubEnv("NACRE_RUNS", join(data, "runs"));
  const folder = join(data, "uploads");
  for (const [name, days] of Object.entries(ages)) {
    mkdirSync(join(folder, name, "owl"), { recursive: true });
    const time = new Date(Date.now() - days * DAY);
    utimesSync(join(folder, name), time, time);
  }
  return { data, folder, left: () => readdirSync(folder).sort() };
}

const job = (words: readonly string[], folder: string) =>
  ({ kind: "train", task: "birds", words, folder }) as const;

describe.each(kinds)("%s", (kind) => {
  test("what is unfinished or unused goes after a day; what was put there by hand stays", async () => {
    const client = await databases.open(kind);
    const { left } = uploads({
      ...{ ".2026-01-01-0000000a": 2, ".2026-01-01-0000000b": 0.9 },
      ...{ "2026-01-01-0000000c": 2, "2026-01-01-0000000d": 0.9, "my-birds": 9 },
    });
    await sweepUploads("/", client);
    expect(left()).toEqual([".2026-01-01-0000000b", "2026-01-01-0000000d", "my-birds"]);
  });

  test("what was uploaded while the clock was ahead goes a day after it was put right", async () => {
    const client = await databases.open(kind);
    const { folder, left } = uploads({ "2027-01-01-0000000a": -400 });
    await sweepUploads("/", client);
    expect(left()).toHaveLength(1);
    expect(statSync(join(folder, left()[0]!)).mtimeMs).toBeLessThanOrEqual(Date.now());
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + DAY + 1000 });
    await sweepUploads("/", client).finally(() => vi.useRealTimers());
    expect(left()).toEqual([]);
  });

  test("a run's data stay, and those of a job until it is forgotten", async () => {
    const client = await databases.open(kind);
    const [run, waiting, over] = ["2026-01-01-0000000a", "2026-01-01-0000000b", "2026-01-01-0000000c"];
    const { data, folder, left } = uploads({ [run]: 40, [waiting]: 40, [over]: 40 });
    // A run that was stopped before the database heard of it.
    const runFolder = join(data, "runs", "birds");
    mkdirSync(runFolder, { recursive: true });
    writeFileSync(join(runFolder, "run.json"), JSON.stringify({ ...runJson, data: join(folder, run) }));
    await addJob(client, job(["--data", join(folder, waiting)], join(data, "runs", "1")));
    const first = await addJob(client, job(["--data", join(folder, over, "owl")], join(data, "runs", "2")));
    await stopJob(client, first);
    await sweepUploads("/", client);
    expect(left()).toEqual([run, waiting, over]);

    for (let i = 0; i < 5; i++)
      await stopJob(
        client,
        await addJob(client, job(["--data", "/birds"], join(data, "runs", `other-${i}`))),
      );
    await sweepUploads("/", client);
    expect(left()).toEqual([run, waiting]);
  });
});
