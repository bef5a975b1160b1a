import { afterAll, expect, test } from "vitest";
import { NewDatabases } from "../clients.fixture.ts";
import type { Client } from "../database.ts";
import { addJob, findJob, listJobs, stopJob } from "./job-store.ts";
import type { Held } from "./queue.ts";
import { TableQueue } from "./table-queue.ts";

const databases = new NewDatabases();
afterAll(() => databases.close());

const add = (client: Client, name: string) =>
  addJob(client, { kind: "train", task: "birds", words: ["--data", "/birds"], folder: `/runs/${name}` });

const isOver = (client: Client, id: string) =>
  client.job.update({ where: { id }, data: { state: "finished" } });

/** What a queue hands out at once; undefined where it does not. */
async function atOnce(queue: TableQueue): Promise<Held | undefined> {
  const soon = AbortSignal.timeout(500);
  return queue.next(soon);
}

test("jobs come one at a time in their order, to one of all that look", async () => {
  const client = await databases.open("sqlite");
  const ids = [await add(client, "first"), await add(client, "second")];
  const queues = Array.from({ length: 5 }, () => new TableQueue(client));
  const held = (await Promise.all(queues.map(atOnce))).filter((one) => one !== undefined);
  expect(held.map(({ id }) => id)).toEqual([ids[0]]);
  await isOver(client, ids[0]!);
  await held[0]!.done();
  const next = (await Promise.all(queues.map(atOnce))).filter((one) => one !== undefined);
  expect(next.map(({ id }) => id)).toEqual([ids[1]]);
  await isOver(client, ids[1]!);
  await next[0]!.done();
  expect(await atOnce(queues[0]!)).toBeUndefined();
});

test("a worker that says nothing any more loses its job, and notices", async () => {
  const client = await databases.open("sqlite");
  const id = await add(client, "only");
  const lease = (until: Date) =>
    client.lease.create({ data: { name: "jobs", holder: "asleep", until } }).then(() => undefined);
  const believed = 4000;
  await lease(new Date(Date.now() + believed));
  expect(await atOnce(new TableQueue(client, believed))).toBeUndefined();
  // It said nothing for long; or the clock was put back from a far future.
  for (const until of [new Date(0), new Date("2100-01-01")]) {
    await client.lease.deleteMany();
    await lease(until);
    const held = await atOnce(new TableQueue(client, believed));
    expect(held?.id).toBe(id);
    if (until.getTime() === 0) await held?.giveBack();
    else {
      await client.lease.updateMany({ data: { holder: "another", until: new Date(Date.now() + believed) } });
      await new Promise((resolve) => held?.lost.addEventListener("abort", resolve));
    }
  }
});

test("what waits is stopped at once, what goes on is asked to, what is over stays as it is", async () => {
  const client = await databases.open("sqlite");
  const [waiting, going, over] = [await add(client, "a"), await add(client, "b"), await add(client, "c")];
  await client.job.update({ where: { id: going }, data: { state: "running" } });
  await isOver(client, over);
  expect([await stopJob(client, waiting), await stopJob(client, going)]).toEqual([true, true]);
  expect([await stopJob(client, over), await stopJob(client, "no such job")]).toEqual([false, false]);
  expect((await listJobs(client)).map(({ name, state, isStopping }) => [name, state, isStopping])).toEqual([
    ["b", "running", true],
    ["c", "finished", false],
    ["a", "stopped", false],
  ]);
  expect((await findJob(client, going))?.words).toEqual(["--data", "/birds"]);
});
