import { NacreError } from "../errors.ts";
import { Rng } from "../random.ts";
import type { SoundRecipe } from "./audio/augment.ts";
import { ONE_SECOND, type SoundInput } from "./audio/clip.ts";
import { readAhead } from "./readAhead.ts";
import type { Sample } from "./sample.ts";
import { epochOrder, repeats } from "./sampling.ts";
import type { Backgrounds, Impostors, SoundBatch, SoundMixing } from "./soundBatches.ts";
import { WorkerPool } from "./workerPool.ts";

/** What a loader of recordings is made of. */
export interface SoundLoaderOptions {
  readonly samples: readonly Sample[];
  readonly classes: number;
  /** Recordings per batch. */
  readonly batch: number;
  /** One second at 16 kHz unless stated. */
  readonly input?: SoundInput;
  /** How recordings are varied; without it each is cut or padded to its middle. */
  readonly recipe?: SoundRecipe;
  /** mixup; without it targets are one-hot. */
  readonly mixing?: SoundMixing;
  /** Words that nobody said, for the class of all other words; without it there are none. */
  readonly impostors?: Impostors;
  /** Backgrounds that nobody recorded, for the class without words; without it there are none. */
  readonly backgrounds?: Backgrounds;
  /** WAV files of background noise, for the recipe. */
  readonly noises?: readonly string[];
  /** Per sample, how often it is drawn relative to others; without it each comes once an epoch. */
  readonly weights?: ArrayLike<number>;
  readonly seed: number;
  /** Threads, at least 1. Results do not depend on it. */
  readonly workers: number;
  /** Memory for decoded recordings, all threads together. Results do not depend on it. */
  readonly cacheBytes: number;
  /** Batches made ahead of the consumer, 8 unless stated. */
  readonly prefetch?: number;
}

/** A source of training batches of recordings. */
export interface SoundLoader {
  /** Batches in an epoch; the incomplete last one is left out. */
  readonly batches: number;
  /** Milliseconds that consumers have waited for batches so far. */
  readonly waitedMs: number;
  /**
   * The batches of epoch `n` in order, from number `fromBatch` on. The same numbers give the same samples, whatever
   * was asked before: a resumed run goes on exactly.
   *
   * @throws NacreError "input" naming a recording that cannot be read
   */
  epoch(n: number, fromBatch?: number): AsyncGenerator<SoundBatch, void, undefined>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/**
 * Starts threads that decode, vary and batch recordings ahead of the training step.
 *
 * @throws NacreError "input" if there are fewer samples than one batch needs
 */
export function createSoundLoader(options: SoundLoaderOptions): SoundLoader {
  const { samples, classes, batch, recipe, mixing, impostors, backgrounds, weights, seed, workers } = options;
  const { input = ONE_SECOND, noises = [], prefetch = 8 } = options;
  const batches = Math.floor(samples.length / batch);
  if (batches === 0) {
    throw new NacreError(
      "input",
      `There are ${samples.length} training recordings, fewer than one batch of ${batch}; add recordings or choose a smaller batch.`,
    );
  }
  const cacheBytes = options.cacheBytes / workers;
  const sounds = {
    samples,
    classes,
    input,
    recipe,
    mixing,
    impostors,
    backgrounds,
    noises,
    seed,
    cacheBytes,
  };
  const pool = new WorkerPool(workers, { sounds });
  const rng = new Rng(seed);
  let waitedMs = 0;

  return {
    batches,
    get waitedMs() {
      return waitedMs;
    },
    epoch: (n, fromBatch = 0) => {
      const order = epochOrder(samples.length, rng.fork("order", n), weights);
      const repeated = repeats(order);
      const make = (number: number) => {
        const [from, to] = [number * batch, (number + 1) * batch];
        const picked = { indices: order.slice(from, to), repeats: repeated.slice(from, to) };
        return pool.sounds({ epoch: n, batch: number, ...picked });
      };
      return readAhead(make, fromBatch, batches, prefetch, (ms) => {
        waitedMs += ms;
      });
    },
    close: () => pool.close(),
  };
}
