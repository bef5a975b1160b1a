import { RateLimiterMemory } from "rate-limiter-flexible";
import { subscriberOf } from "../peer-address.ts";
import { waitingTime } from "../waiting-time.ts";

/** How many corrections are taken within an hour: from one address, and from all together, for addresses can be claimed. */
const limits = { one: 60, all: 600 };

const HOUR = 3600;

/** Counts what is sent, for as long as the process lives. */
export class Pace {
  readonly #one: RateLimiterMemory;
  readonly #all: RateLimiterMemory;

  constructor({ one, all } = limits) {
    this.#one = new RateLimiterMemory({ points: one, duration: HOUR });
    this.#all = new RateLimiterMemory({ points: all, duration: HOUR });
  }

  /** Counts one; returns how long its sender has to wait, in s, 0 where it is taken at once. */
  async wait(address: string | null): Promise<number> {
    const one = await waitingTime(this.#one, subscriberOf(address ?? ""));
    return one || waitingTime(this.#all, "");
  }
}
