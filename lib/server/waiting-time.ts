import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";

/** Counts points with a limiter, so that many at once are counted too; returns how many s to wait for more, 0 for none. */
export async function waitingTime(limiter: RateLimiterAbstract, key: string, points = 1): Promise<number> {
  try {
    await limiter.consume(key, points);
    return 0;
  } catch (full) {
    if (full instanceof RateLimiterRes) return Math.max(1, Math.ceil(full.msBeforeNext / 1000));
    throw full;
  }
}
