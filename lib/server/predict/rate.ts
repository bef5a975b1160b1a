import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { NacreError } from "../../../engine/errors.ts";
import type { Caller } from "../callers.ts";
import { subscriberOf } from "../peer-address.ts";
import { ITEMS_PER_MINUTE, KEY_FACTOR } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/** Counts what callers ask for. */
export class Rate {
  readonly #visitors: RateLimiterMemory;
  readonly #keys: RateLimiterMemory;

  /** @param items for a visitor, in so many s; with a key KEY_FACTOR times as many */
  constructor(items: number, duration = 60) {
    this.#visitors = new RateLimiterMemory({ points: items, duration });
    this.#keys = new RateLimiterMemory({ points: KEY_FACTOR * items, duration });
  }

  /**
   * Counts what a caller from an address asks for; whoever has a key is known by that. Throws a Refusal 429 where it
   * is enough.
   */
  async count(caller: Caller, address: string, items: number): Promise<void> {
    const hasKey = caller.kind === "key";
    const limiter = hasKey ? this.#keys : this.#visitors;
    await limiter.consume(hasKey ? caller.id : subscriberOf(address), items).catch((result: unknown) => {
      if (!(result instanceof RateLimiterRes)) throw result;
      const seconds = Math.ceil(result.msBeforeNext / 1000);
      throw new Refusal(
        429,
        `More than ${limiter.points} inputs in ${limiter.duration} seconds. Ask again in ${seconds}.`,
        { "Retry-After": String(seconds) },
      );
    });
  }
}

/** Inputs a minute for a visitor: NACRE_ITEMS_PER_MINUTE. Throws NacreError("usage") where that is no such number. */
export function itemsPerMinute(): number {
  const given = process.env.NACRE_ITEMS_PER_MINUTE;
  if (given === undefined || given === "") return ITEMS_PER_MINUTE;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new NacreError("usage", `NACRE_ITEMS_PER_MINUTE is "${given}"; it must be a whole number above 0.`);
}
