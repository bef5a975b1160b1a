import { setTimeout as sleep } from "node:timers/promises";
import PgBoss from "pg-boss";
import { NacreError } from "../../../engine/errors.ts";
import type { Client } from "../database.ts";
import type { Held, Queue } from "./queue.ts";

const NAME = "jobs";

/** Milliseconds between two questions for a job. */
const LOOK_EVERY = 1000;

/** A job is handed out anew as often as workers vanish; pg-boss wants a number. */
const OFTEN = 1_000_000;

/** Seconds for which a worker is believed to be there after it was heard of. */
export const SILENCE = 60;

/** The queue of a PostgreSQL database: pg-boss, for as many workers on as many machines as there are. */
export class BossQueue implements Queue {
  readonly #boss: PgBoss;
  readonly #client: Client;
  readonly #silence: number;

  /**
   * @param silence seconds after which a worker that says nothing has lost its job
   * @throws NacreError("storage") where the server refuses pg-boss its tables
   */
  static async open(url: string, client: Client, silence = SILENCE): Promise<BossQueue> {
    const boss = new PgBoss({
      ...{ connectionString: url, max: 2, schedule: false },
      maintenanceIntervalSeconds: Math.max(1, Math.round(silence / 4)),
    });
    boss.on("error", (error) => console.error(error.message)); // it goes on by itself
    try {
      await boss.start();
      await boss.createQueue(NAME, { name: NAME, retryLimit: OFTEN, expireInSeconds: silence });
    } catch (cause) {
      throw new NacreError(
        "storage",
        `The queue of jobs cannot be opened in the PostgreSQL database: ${(cause as Error).message}. Its user must be allowed to create a schema.`,
        { cause },
      );
    }
    return new BossQueue(boss, client, silence);
  }

  private constructor(boss: PgBoss, client: Client, silence: number) {
    this.#boss = boss;
    this.#client = client;
    this.#silence = silence;
  }

  async announce(id: string): Promise<void> {
    const keep = { expireInSeconds: this.#silence, retryLimit: OFTEN, retentionDays: 3650 };
    await this.#boss.send(NAME, {}, { id, ...keep });
  }

  async next(signal: AbortSignal): Promise<Held | undefined> {
    await this.#announceForgotten();
    while (!signal.aborted) {
      const [job] = await this.#boss.fetch(NAME);
      if (job) return this.#hold(job.id);
      await sleep(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }

  /** A process that died between keeping a job and announcing it told nobody. */
  async #announceForgotten(): Promise<void> {
    const waiting = await this.#client.job.findMany({
      where: { state: "queued" },
      orderBy: { asked: "asc" },
    });
    for (const { id } of waiting) await this.announce(id);
  }

  #hold(id: string): Held {
    const lost = new AbortController();
    const silence = 1000 * this.#silence;
    let heard = Date.now();
    const tell = async () => {
      const known = await this.#tell(id).catch(() => undefined);
      // After such a silence it is another worker's, whoever it is that is known to be active.
      if (known === false || Date.now() - heard > silence) lost.abort();
      else if (known) heard = Date.now();
    };
    const timer = setInterval(() => void tell(), silence / 4);
    const letGo = (how: () => Promise<unknown>) => async () => {
      clearInterval(timer);
      if (!lost.signal.aborted) await how();
    };
    return {
      id,
      lost: lost.signal,
      done: letGo(() => this.#boss.complete(NAME, id)),
      giveBack: letGo(() => this.#boss.fail(NAME, id)),
    };
  }

  /**
   * Says that a worker is there; resolves to false where it has lost its job. pg-boss 10 lets a job's time run from its
   * start and has no word for this.
   */
  async #tell(id: string): Promise<boolean> {
    const told = await this.#client.$executeRaw`
      UPDATE pgboss.job SET started_on = now()
      WHERE name = ${NAME} AND id = ${id}::uuid AND state = 'active'`;
    return told > 0;
  }
}
