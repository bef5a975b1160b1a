import type { Steps } from "./session.ts";
import type { TrainingStep } from "./step.ts";
import type { Weights } from "./weights.ts";

/** What a run teaches and how it examines: all that runs on pictures, recordings and texts do differently. */
export interface Curriculum {
  readonly epochs: number;
  /** Batches in an epoch. */
  readonly batches: number;
  /** Milliseconds that training has waited for batches so far. */
  readonly waitedMs: number;
  /** How large one example is in epoch `n`, such as a picture's side in pixels; each size has a step of its own. */
  sizeAt(n: number): number;
  /** The training step for examples of this size. Throws NacreError("usage") where the configuration does not fit. */
  step(size: number): TrainingStep;
  /**
   * The batches of epoch `n` in order, from number `fromBatch` on, as many at a time as make one run of the graph.
   * The same numbers give the same batches, whatever was asked before: a resumed run goes on exactly.
   *
   * @throws NacreError "input" naming a file that cannot be read
   */
  epoch(n: number, fromBatch: number): AsyncIterable<Steps>;
  /**
   * How weights fare on val.
   *
   * @param onProgress told how many of how many are done; what it throws ends the measuring
   */
  validate(weights: Weights, onProgress: (done: number, of: number) => void): Promise<Validation>;
  /** Ends what makes batches. */
  close(): Promise<void>;
}

/** How a network fares on val. */
export interface Validation {
  readonly valTop1: number;
  readonly valMacroF1: number;
  /** Mean negative log-likelihood, in nats. */
  readonly valLoss: number;
}
