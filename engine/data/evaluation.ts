import type { ImageInput } from "./image/normalise.ts";
import type { Sample } from "./sample.ts";
import { WorkerPool } from "./workerPool.ts";

/** Pictures to be judged, in the order of the samples. */
export interface EvaluationBatch {
  /** Index of the first sample. */
  readonly start: number;
  /** Float32 [N, ...pictureDims(input)]; the last batch may be shorter than the others. */
  readonly images: Float32Array<ArrayBuffer>;
  /** [N] */
  readonly labels: Int32Array;
}

/** How evaluation reads. */
export interface EvaluationOptions {
  /** Pictures per batch. */
  readonly batch: number;
  /** Threads, at least 1. */
  readonly workers: number;
}

/** Batches that are read ahead, for each thread. */
const AHEAD = 2;

/**
 * All samples once, in order, unvaried, as the network's input. Threads read ahead, and end with the
 * iteration.
 *
 * @throws NacreError "input" naming a picture that cannot be read
 */
export async function* evaluationBatches(
  samples: readonly Sample[],
  input: ImageInput,
  { batch, workers }: EvaluationOptions,
): AsyncGenerator<EvaluationBatch, void, undefined> {
  const pool = new WorkerPool(workers, {});
  try {
    const ahead: Promise<Float32Array<ArrayBuffer>>[] = [];
    let requested = 0;
    for (let start = 0; start < samples.length; start += batch) {
      for (; requested < samples.length && ahead.length < AHEAD * workers; requested += batch) {
        const paths = samples.slice(requested, requested + batch).map(({ path }) => path);
        ahead.push(pool.tensors({ paths, input }));
      }
      const labels = Int32Array.from(samples.slice(start, start + batch), ({ label }) => label);
      yield { start, images: await ahead.shift()!, labels };
    }
  } finally {
    await pool.close();
  }
}
