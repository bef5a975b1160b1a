/** Which n-grams of ids a network also reads: "bag of n-grams" beside the order of the words. */
export interface Grams {
  /** Pieces in the longest, at least 2. */
  readonly longest: number;
  /** Ids that n-grams are hashed into, FILL among them. */
  readonly buckets: number;
}

/** Columns of a row of ids: the piece itself and the n-grams that end with it, shortest first. */
export const columnsOf = (grams?: Grams): number => grams?.longest ?? 1;

/**
 * For each piece of a sequence its id and those of the n-grams that end there, [T × columns] row-major; 0 where the
 * sequence has not begun n pieces before. N-grams are hashed (Weinberger et al. 2009): FNV-1a over the ids, mixed.
 */
export function withGrams(ids: ArrayLike<number>, grams?: Grams): Int32Array {
  const columns = columnsOf(grams);
  const rows = new Int32Array(ids.length * columns);
  for (let t = 0; t < ids.length; t++) {
    rows[t * columns] = ids[t]!;
    let hash = step(0x811c9dc5, ids[t]!);
    for (let n = 1; n < columns && n <= t; n++) {
      hash = step(hash, ids[t - n]!);
      rows[t * columns + n] = 1 + (mixed(hash ^ n) % (grams!.buckets - 1));
    }
  }
  return rows;
}

const step = (hash: number, id: number): number => Math.imul(hash ^ id, 0x01000193);

/** All bits of a word in each of its lower ones (C. Wellons, "lowbias32"). */
function mixed(word: number): number {
  let x = word ^ (word >>> 16);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
