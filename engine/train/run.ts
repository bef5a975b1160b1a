import { NacreError } from "../errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { TrainingConfig } from "./config.ts";
import type { Validation } from "./curriculum.ts";
import type { Weights } from "./weights.ts";

/** What a run calls the weights of its best epoch, in its folder. */
export const BEST = "best.safetensors";

/** What a training run takes beside its curriculum. */
export interface RunOptions {
  readonly config: TrainingConfig;
  /** Of all its data: a run goes on only with those that it began with. */
  readonly fingerprint: string;
  /** What training starts from, complete; asked for only where there is nothing to go on from. */
  readonly weights: () => Promise<Weights>;
  /** Where checkpoints go; the newest one there is gone on from. */
  readonly directory: string;
  readonly runtime: Runtime;
  /** Milliseconds between checkpoints within an epoch: 4 minutes unless stated. */
  readonly checkpointEvery?: number;
  /** Stops at the next chance, with a checkpoint. */
  readonly signal?: AbortSignal;
  readonly report?: (event: TrainingEvent) => void;
}

/** What a run tells while it goes on; epochs are counted from 0. */
export type TrainingEvent =
  /** A checkpoint is damaged and passed over. */
  | { readonly type: "damaged"; readonly path: string }
  | { readonly type: "resume"; readonly epoch: number; readonly batch: number }
  /** An epoch begins, or goes on after `done` batches, on examples of this size. */
  | { readonly type: "begin"; readonly size: number; readonly done: number; readonly of: number }
  | {
      readonly type: "steps";
      /** Batches of this epoch that are done. */
      readonly done: number;
      /** Mean of this epoch so far. */
      readonly loss: number;
      readonly rate: number;
      readonly itemsPerSecond: number;
    }
  /** So many of val are measured. */
  | { readonly type: "val"; readonly done: number; readonly of: number }
  | { readonly type: "epoch"; readonly record: EpochRecord }
  /** So many epochs in a row were not better: training ends. */
  | { readonly type: "patience"; readonly epochs: number }
  /** Pictures whose features are computed. */
  | { readonly type: "features"; readonly done: number; readonly of: number }
  /** A head was trained on features. */
  | {
      readonly type: "head";
      readonly epochs: number;
      readonly loss: number;
      readonly valTop1: number;
      readonly valLoss: number;
    };

/** A line of the run record. */
export interface EpochRecord extends Validation {
  readonly epoch: number;
  /** Of one example, as its curriculum counts it. */
  readonly size: number;
  /** Mean training loss. */
  readonly loss: number;
  /** The learning rate of the last step. */
  readonly rate: number;
  readonly itemsPerSecond: number;
  /** The share of the time that steps waited for batches. */
  readonly waitShare: number;
  readonly seconds: number;
  /** Largest resident memory so far, in MB. */
  readonly peakMemory: number;
  readonly best: boolean;
}

/** What a run ends with. */
export interface TrainResult {
  /** The weights of the best epoch on val. */
  readonly weights: Weights;
  /** That epoch, counted from 0, and its top-1 on val. */
  readonly best: { readonly epoch: number; readonly top1: number };
}

/** Throws NacreError("interrupted") when the run has been told to stop. */
export function expectUninterrupted({ signal, directory }: Pick<RunOptions, "signal" | "directory">): void {
  if (!signal?.aborted) return;
  throw new NacreError("interrupted", `Training was stopped; it can go on from what ${directory} holds.`);
}
