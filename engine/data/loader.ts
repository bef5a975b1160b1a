import { NacreError } from "../errors.ts";
import { Rng } from "../random.ts";
import type { AugmentationRecipe } from "./image/augment.ts";
import type { Mixing } from "./mixing.ts";
import { PictureStore } from "./pictureStore.ts";
import { readAhead } from "./readAhead.ts";
import type { Sample } from "./sample.ts";
import { epochOrder, repeats } from "./sampling.ts";
import type { Batch } from "./trainingBatches.ts";
import { WorkerPool } from "./workerPool.ts";

/** What a loader is made of. */
export interface LoaderOptions {
  readonly samples: readonly Sample[];
  readonly classes: number;
  /** Side of the square pictures in pixels, the largest that will be asked for. */
  readonly size: number;
  /** Pictures per batch. */
  readonly batch: number;
  /** How pictures are varied; without it each is squeezed to the square. */
  readonly recipe?: AugmentationRecipe;
  /** mixup and CutMix; without it targets are one-hot. */
  readonly mixing?: Mixing;
  /** Per sample, how often it is drawn relative to others; without it each comes once an epoch. */
  readonly weights?: ArrayLike<number>;
  readonly seed: number;
  /** Threads, at least 1. Results do not depend on it. */
  readonly workers: number;
  /** Memory for decoded pictures. Results do not depend on it. */
  readonly cacheBytes: number;
  /** Batches made ahead of the consumer, 8 unless stated. */
  readonly prefetch?: number;
}

/** A source of training batches. */
export interface Loader {
  /** Batches in an epoch; the incomplete last one is left out. */
  readonly batches: number;
  /** Milliseconds that consumers have waited for batches so far. */
  readonly waitedMs: number;
  /**
   * The batches of epoch `n` in order, from number `fromBatch` on, with pictures of side `size`.
   * The same numbers give the same bytes, whatever was asked before: a resumed run goes on exactly.
   *
   * @throws NacreError "input" naming a picture that cannot be read
   */
  epoch(n: number, fromBatch?: number, size?: number): AsyncGenerator<Batch, void, undefined>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Pictures are kept at this many times the training size, so that tight crops still have detail. */
const KEPT_DETAIL = 2;

/**
 * Starts threads that decode, vary and batch pictures ahead of the training step. Memory: the cache's
 * budget, `prefetch` batches, and the samples' paths once per thread.
 *
 * @throws NacreError "input" if there are fewer samples than one batch needs
 */
export function createLoader(options: LoaderOptions): Loader {
  const { samples, batch, weights, seed, size, prefetch = 8 } = options;
  const batches = Math.floor(samples.length / batch);
  if (batches === 0) {
    throw new NacreError(
      "input",
      `There are ${samples.length} training pictures, fewer than one batch of ${batch}; add pictures or choose a smaller batch.`,
    );
  }
  const { classes, recipe, mixing } = options;
  const store = PictureStore.allocate(samples.length, options.cacheBytes);
  const training = { samples, classes, recipe, mixing, seed, keptSide: KEPT_DETAIL * size, store };
  const pool = new WorkerPool(options.workers, { training });
  const rng = new Rng(seed);
  let waitedMs = 0;

  function epoch(n: number, fromBatch = 0, side = size): AsyncGenerator<Batch, void, undefined> {
    const order = epochOrder(samples.length, rng.fork("order", n), weights);
    const repeated = repeats(order);
    const make = (number: number) => {
      const [from, to] = [number * batch, (number + 1) * batch];
      const picked = { indices: order.slice(from, to), repeats: repeated.slice(from, to) };
      return pool.batch({ epoch: n, batch: number, size: side, ...picked });
    };
    return readAhead(make, fromBatch, batches, prefetch, (ms) => {
      waitedMs += ms;
    });
  }

  return {
    batches,
    get waitedMs() {
      return waitedMs;
    },
    epoch,
    close: () => pool.close(),
  };
}
