import { RateLimiterPrisma } from "rate-limiter-flexible";
import type { Client } from "../database.ts";
import { subscriberOf } from "../peer-address.ts";
import { waitingTime } from "../waiting-time.ts";

/** How many wrong passwords and codes are borne, within so many s. */
const limits = {
  /** From one subscriber's addresses. */
  address: { points: 10, duration: 15 * 60 },
  /** From all together: what no number of addresses gets around. */
  all: { points: 100, duration: 60 * 60 },
} as const;

type Limit = keyof typeof limits;

/**
 * Counts an attempt before it is made, so that many at once are counted too; in the database, for all processes.
 *
 * @returns how many s to wait where there were too many, else 0
 */
export async function waitToTry(client: Client, address: string | null): Promise<number> {
  const now = Date.now();
  const longest = new Date(now + 1000 * Math.max(...Object.values(limits).map(({ duration }) => duration)));
  // What has passed, and what a clock that was wrong wrote: nobody is to wait for the next year.
  await client.attempt.deleteMany({
    where: { OR: [{ expire: { lte: new Date(now) } }, { expire: { gt: longest } }] },
  });
  const one = await waitingTime(limiter(client, "address"), subscriberOf(address ?? ""));
  return one || waitingTime(limiter(client, "all"), "");
}

/** Forgets an attempt that succeeded, and those before it from the same address. */
export async function hasSucceeded(client: Client, address: string | null): Promise<void> {
  await limiter(client, "address").delete(subscriberOf(address ?? ""));
  await limiter(client, "all").reward("");
}

const limiter = (client: Client, limit: Limit) =>
  new RateLimiterPrisma({
    ...limits[limit],
    storeClient: client,
    tableName: "attempt",
    keyPrefix: limit,
    clearExpiredByTimeout: false, // waitToTry does
  });
