/** One of those that are compared. */
export interface Side {
  /** Does a fixed piece of work; returns what it cost, in ms. Must be idle between two calls. */
  block(): Promise<number>;
}

export interface Limits {
  /** When no further round may begin, on the clock of performance.now(). */
  readonly until: number;
  /** Rounds to count even if time is over, and at most. */
  readonly rounds: readonly [least: number, most: number];
}

/**
 * Lets the sides work in turn, one block each a round, so that whatever else the machine does meets all of
 * them alike. The first round warms up and is not counted; a round begins only if it is expected to end
 * in time, going by the mean of those before.
 *
 * @param onRound told how many counted rounds are done
 * @returns for each side the cost of its counted blocks, in ms
 */
export async function alternate(
  sides: readonly Side[],
  { until, rounds: [least, most] }: Limits,
  onRound: (done: number) => void = () => {},
): Promise<number[][]> {
  const costs: number[][] = sides.map(() => []);
  const began = performance.now();
  for (let round = 0; round <= most; round++) {
    const now = performance.now();
    if (round > least && now + (now - began) / round > until) break;
    for (const [i, side] of sides.entries()) {
      const cost = await side.block();
      if (round > 0) costs[i]!.push(cost);
    }
    onRound(round);
  }
  return costs;
}
