import type { Rng } from "../../random.ts";

/** Batches of sequences that are filled up to the same number of steps, for one run of a training graph. */
export interface PackedRun {
  /** Steps to which every sequence is filled up, or cut. */
  readonly steps: number;
  /** Which sequences, batch after batch. */
  readonly indices: Uint32Array;
}

/** How sequences are packed. */
export interface Packing {
  /** Sequences in a batch. */
  readonly batch: number;
  /** Numbers of steps, ascending: each sequence goes where it just fits; what is longer than all is cut. */
  readonly edges: readonly number[];
  /** Batches in a run, at most. */
  readonly perRun: number;
}

/**
 * An epoch in which sequences of like length are together, so that little is filled up: every sequence once, in
 * random batches in random order. A bucket's last sequences, too few for a batch, go to the next longer one; the
 * few that then remain of the longest wait for the next epoch.
 */
export function packByLength(
  lengths: ArrayLike<number>,
  { batch, edges, perRun }: Packing,
  rng: Rng,
): PackedRun[] {
  const buckets = edges.map((): number[] => []);
  for (const index of rng.permutation(lengths.length)) {
    const fits = edges.findIndex((edge) => lengths[index]! <= edge);
    buckets[fits < 0 ? edges.length - 1 : fits]!.push(index);
  }
  const runs: PackedRun[] = [];
  for (const [i, bucket] of buckets.entries()) {
    const whole = bucket.length - (bucket.length % batch);
    buckets[i + 1]?.push(...bucket.splice(whole));
    for (let from = 0; from < whole; from += batch * perRun) {
      const to = Math.min(whole, from + batch * perRun);
      runs.push({ steps: edges[i]!, indices: Uint32Array.from(bucket.slice(from, to)) });
    }
  }
  return Array.from(rng.permutation(runs.length), (i) => runs[i]!);
}

/** Rows of `steps` ids, filled up with 0 or cut: what a network reads. */
export function padTo(sequences: Iterable<ArrayLike<number>>, steps: number): BigInt64Array {
  const rows = [...sequences];
  const ids = new BigInt64Array(rows.length * steps);
  for (const [n, row] of rows.entries()) {
    for (let t = 0; t < Math.min(steps, row.length); t++) ids[n * steps + t] = BigInt(row[t]!);
  }
  return ids;
}
