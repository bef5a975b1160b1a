/** How quickly photos are answered, and for how long that will go on. */
export interface Pace {
  readonly perSecond: number;
  readonly secondsLeft: number;
}

/** The pace is taken over so many photos, so that it follows a machine that becomes busy. */
export const paceWindow = 20;

/** So few tell too little: the first of all pays for the network's warm-up. */
const fewest = 4;

/**
 * The pace of the latest photos.
 *
 * @param finished when they were answered, in ms, rising; only the last `paceWindow` count
 * @param left how many are still to come
 * @returns undefined while too few are answered to tell
 */
export function paceOf(finished: readonly number[], left: number): Pace | undefined {
  const latest = finished.slice(-paceWindow);
  const [first, last] = [latest.at(0), latest.at(-1)];
  if (first === undefined || last === undefined || latest.length < fewest || last <= first) return undefined;
  const perSecond = ((latest.length - 1) * 1000) / (last - first);
  return { perSecond, secondsLeft: left / perSecond };
}
