import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { NacreError } from "../errors.ts";
import { type Cursor, loadCheckpoint, type RunIdentity, saveCheckpoint } from "./checkpoint.ts";
import type { TrainingConfig } from "./config.ts";
import type { Curriculum, Validation } from "./curriculum.ts";
import { BEST, type EpochRecord, expectUninterrupted, type RunOptions, type TrainResult } from "./run.ts";
import { TrainingSession } from "./session.ts";
import type { Weights } from "./weights.ts";
import { readWeights, writeWeights } from "./weightsFile.ts";

/** A checkpoint is written when the last one is this old, in ms. */
const CHECKPOINT_EVERY = 4 * 60_000;

/**
 * Trains a network by a curriculum, from a checkpoint in the directory if there is one, and returns the weights
 * of the epoch that did best on val. A run that was stopped, even killed, and gone on with gives the same
 * weights as one that never stopped, bit for bit (same machine, same threads).
 *
 * @throws NacreError "interrupted" after `signal` (a checkpoint is there), "diverged" when the loss is no
 *   longer a number (the last checkpoint is there), "storage", "input" where data cannot be used or are
 *   others than the run began with, "usage" where the configuration does not fit the network or the run
 */
export async function train(curriculum: Curriculum, options: RunOptions): Promise<TrainResult> {
  const run = new Run(curriculum, options);
  try {
    return await run.finish();
  } finally {
    await curriculum.close();
    await run.dispose();
  }
}

const START: Cursor = { epoch: 0, batch: 0, lossSum: 0, lossCount: 0, rate: 0 };

/** A run under way. */
class Run {
  readonly #curriculum: Curriculum;
  readonly #options: RunOptions;
  readonly #best: string;
  #cursor = START;
  /** Where the newest checkpoint stands. */
  #saved: Cursor | undefined;
  #session: TrainingSession | undefined;
  /** Of the examples that the session is for. */
  #size = 0;
  #savedAt = 0;

  constructor(curriculum: Curriculum, options: RunOptions) {
    this.#curriculum = curriculum;
    this.#options = options;
    this.#best = join(options.directory, BEST);
  }

  async finish(): Promise<TrainResult> {
    await this.#start();
    try {
      while (!this.#isOver()) {
        expectUninterrupted(this.#options);
        await this.#resize(this.#curriculum.sizeAt(this.#cursor.epoch));
        await this.#epoch();
      }
    } catch (error) {
      if (error instanceof NacreError && error.code === "interrupted") await this.#save();
      throw error;
    }
    return { weights: await readWeights(this.#best), best: this.#cursor.best! };
  }

  async dispose(): Promise<void> {
    await this.#session?.dispose();
  }

  /** Goes to where the newest checkpoint stands, or to the beginning and saves that. */
  async #start(): Promise<void> {
    const { config, directory, fingerprint, weights, report } = this.#options;
    const saved = await loadCheckpoint(directory, (path) => report?.({ type: "damaged", path }));
    if (saved) {
      expectSame(saved, { config, fingerprint }, directory);
      this.#cursor = this.#saved = saved.cursor;
      const { epoch, batch } = saved.cursor;
      report?.({ type: "resume", epoch, batch });
    }
    await this.#load(this.#curriculum.sizeAt(this.#cursor.epoch), saved?.state, weights);
    await this.#save();
    this.#savedAt = performance.now();
  }

  #isOver(): boolean {
    const { config, report } = this.#options;
    const { epoch, best } = this.#cursor;
    if (epoch >= this.#curriculum.epochs) return true;
    const stale = best ? epoch - 1 - best.epoch : 0;
    if (stale < (config.patience ?? Number.POSITIVE_INFINITY)) return false;
    report?.({ type: "patience", epochs: stale });
    return true;
  }

  async #resize(size: number): Promise<void> {
    if (size === this.#size) return;
    const state = this.#session!.state;
    await this.#session!.dispose();
    await this.#load(size, state);
  }

  /** Loads the step for examples of this size, with a state or with the weights that training starts from. */
  async #load(size: number, state: Weights | undefined, weights?: RunOptions["weights"]): Promise<void> {
    const { runtime } = this.#options;
    const step = this.#curriculum.step(size);
    this.#session = state
      ? await TrainingSession.resume(step, runtime, state)
      : await TrainingSession.start(step, runtime, await weights!());
    this.#size = size;
  }

  /** Trains the epoch that the cursor is in to its end and measures it. */
  async #epoch(): Promise<void> {
    const { epoch, best } = this.#cursor;
    const trained = await this.#steps();
    this.#session!.expectFinite();
    const weights = this.#session!.weights();
    const measured = await this.#curriculum.validate(weights, (done, of) => {
      this.#options.report?.({ type: "val", done, of });
      expectUninterrupted(this.#options);
    });
    const better = isBetter(measured, best);
    if (better) await writeWeights(this.#best, weights);
    const { valTop1: top1, valLoss: loss } = measured;
    this.#cursor = { ...START, epoch: epoch + 1, best: better ? { epoch, top1, loss } : best };
    await this.#save();
    this.#options.report?.({ type: "epoch", record: { epoch, ...trained, ...measured, best: better } });
  }

  /** Trains to the end of the epoch. */
  async #steps(): Promise<Omit<EpochRecord, keyof Validation | "epoch" | "best">> {
    const { config, report, checkpointEvery = CHECKPOINT_EVERY } = this.#options;
    const { batches } = this.#curriculum;
    const { epoch, batch: first } = this.#cursor;
    const size = this.#size;
    const began = performance.now();
    const waitedBefore = this.#curriculum.waitedMs;
    const seconds = () => (performance.now() - began) / 1000;
    report?.({ type: "begin", size, done: first, of: batches });
    for await (const steps of this.#curriculum.epoch(epoch, first)) {
      const { losses, rates } = await this.#session!.run(steps);
      const done = this.#cursor.batch + steps.count;
      const lossSum = losses.reduce((sum, loss) => sum + loss, this.#cursor.lossSum);
      const lossCount = this.#cursor.lossCount + losses.length;
      const rate = rates.at(-1)!;
      this.#cursor = { ...this.#cursor, batch: done, lossSum, lossCount, rate };
      const itemsPerSecond = ((done - first) * config.batch) / seconds();
      report?.({ type: "steps", done, loss: lossSum / lossCount, rate, itemsPerSecond });
      expectUninterrupted(this.#options);
      if (performance.now() - this.#savedAt > checkpointEvery) await this.#save();
    }
    const { lossSum, lossCount, rate } = this.#cursor;
    return {
      size,
      loss: lossSum / lossCount,
      rate,
      itemsPerSecond: ((batches - first) * config.batch) / seconds(),
      waitShare: (this.#curriculum.waitedMs - waitedBefore) / 1000 / seconds(),
      seconds: seconds(),
      peakMemory: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  }

  /** Writes a checkpoint of what has happened since the last one, but never of a broken state. */
  async #save(): Promise<void> {
    if (this.#cursor === this.#saved) return;
    const { config, fingerprint, directory } = this.#options;
    this.#session!.expectFinite();
    const state = this.#session!.state;
    await saveCheckpoint(directory, { state, cursor: this.#cursor, config, fingerprint });
    this.#saved = this.#cursor;
    this.#savedAt = performance.now();
  }
}

/** Higher top-1 is better, and of equals the lower loss. */
const isBetter = ({ valTop1, valLoss }: Validation, best: Cursor["best"]): boolean =>
  !best || valTop1 > best.top1 || (valTop1 === best.top1 && valLoss < best.loss);

function expectSame(saved: RunIdentity, { config, fingerprint }: RunIdentity, directory: string): void {
  const wanted = JSON.parse(JSON.stringify(config)) as TrainingConfig; // without fields that are undefined
  const keys = Object.keys({ ...saved.config, ...wanted }) as (keyof TrainingConfig)[];
  const other = keys.find((key) => !isDeepStrictEqual(saved.config[key], wanted[key]));
  if (other !== undefined)
    throw new NacreError(
      "usage",
      `The run in ${directory} has another ${other} in its configuration. Go on with its own, or start a new run in another folder.`,
    );
  if (saved.fingerprint !== fingerprint)
    throw new NacreError(
      "input",
      `The data have changed since the run in ${directory} began. Put them back, or start a new run in another folder.`,
    );
}
