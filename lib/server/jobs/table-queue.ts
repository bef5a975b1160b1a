import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../database.ts";
import type { Held, Queue } from "./queue.ts";

/** What is leased: the right to train. */
const LEASE = "jobs";

/** Milliseconds for which a worker is believed to be there after it was heard of. */
const BELIEVED = 30_000;

/** Milliseconds between two looks at the table. */
const LOOK_EVERY = 1000;

/**
 * The queue of an embedded database: the jobs themselves, in the order in which they were asked for, and one lease.
 * Whoever has it works on the first job, so that one at a time goes on, however many processes look.
 */
export class TableQueue implements Queue {
  readonly #client: Client;
  readonly #holder = randomUUID();
  readonly #believed: number;

  /** @param believed milliseconds after which a worker that says nothing has lost its job */
  constructor(client: Client, believed = BELIEVED) {
    this.#client = client;
    this.#believed = believed;
  }

  async announce(): Promise<void> {} // workers look for themselves

  async next(signal: AbortSignal): Promise<Held | undefined> {
    while (!signal.aborted) {
      // A database that does not answer now may do so in a moment.
      const held = await this.#look().catch((error) => void console.error(error));
      if (held) return held;
      await sleep(LOOK_EVERY, undefined, { signal, ref: false }).catch(() => undefined);
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.#letGo();
  }

  async #look(): Promise<Held | undefined> {
    if (!(await this.#first()) || !(await this.#take())) return undefined;
    const id = await this.#first(); // it may have been done meanwhile
    if (id !== undefined) return this.#hold(id);
    await this.#letGo();
    return undefined;
  }

  /** The job that goes on, else the one that has waited longest. */
  async #first(): Promise<string | undefined> {
    const where = (state: string) => ({ where: { state }, orderBy: { asked: "asc" as const } });
    const { job } = this.#client;
    return ((await job.findFirst(where("running"))) ?? (await job.findFirst(where("queued"))))?.id;
  }

  /** Takes the lease or renews it. One statement decides, so that of two who try at once one has it. */
  async #take(): Promise<boolean> {
    const now = Date.now();
    const until = new Date(now + this.#believed);
    const free = [
      { holder: this.#holder },
      { until: { lt: new Date(now) } },
      // The clock was put back: nobody is believed for so long.
      { until: { gt: new Date(now + 2 * this.#believed) } },
    ];
    const { lease } = this.#client;
    const taken = await lease.updateMany({
      where: { name: LEASE, OR: free },
      data: { holder: this.#holder, until },
    });
    if (taken.count > 0) return true;
    if ((await lease.count({ where: { name: LEASE } })) > 0) return false;
    return lease.create({ data: { name: LEASE, holder: this.#holder, until } }).then(
      () => true,
      () => false, // somebody was quicker
    );
  }

  #hold(id: string): Held {
    const lost = new AbortController();
    let heard = Date.now();
    const renew = async () => {
      const taken = await this.#take().catch(() => undefined);
      if (taken) heard = Date.now();
      else if (taken === false || Date.now() - heard > this.#believed) lost.abort();
    };
    const timer = setInterval(() => void renew(), this.#believed / 4);
    timer.unref();
    const letGo = async () => {
      clearInterval(timer);
      await this.#letGo();
    };
    return { id, lost: lost.signal, done: letGo, giveBack: letGo };
  }

  async #letGo(): Promise<void> {
    await this.#client.lease.deleteMany({ where: { name: LEASE, holder: this.#holder } });
  }
}
