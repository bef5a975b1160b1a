import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Caller } from "../callers.ts";
import { environment } from "../environment.ts";
import { subscriberOf } from "../peer-address.ts";
import { waitingTime } from "../waiting-time.ts";
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
    const wait = await waitingTime(limiter, hasKey ? caller.id : subscriberOf(address), items);
    if (wait > 0)
      throw new Refusal(
        429,
        `More than ${limiter.points} inputs in ${limiter.duration} seconds. Ask again in ${wait}.`,
        { "Retry-After": String(wait) },
      );
  }
}

/** Inputs a minute for a visitor, unless the environment says otherwise. */
export const itemsPerMinute = (): number => environment().NACRE_ITEMS_PER_MINUTE ?? ITEMS_PER_MINUTE;
