/** Training runs as pages show them. Dates are ISO 8601, so that a run travels as JSON. */

/** How a run stands: "lost" is one whose process ended without a word. */
export const outcomes = ["running", "finished", "stopped", "failed", "lost"] as const;
export type Outcome = (typeof outcomes)[number];

/** What was measured after an epoch. */
export interface EpochMetrics {
  /** Counted from 0. */
  readonly epoch: number;
  readonly at: string;
  /** Side of the pictures in pixels, where there are pictures. */
  readonly size: number | null;
  /** Mean training loss. */
  readonly loss: number;
  /** The learning rate of the last step. */
  readonly rate: number;
  readonly valTop1: number;
  readonly valMacroF1: number;
  readonly valLoss: number;
  readonly itemsPerSecond: number;
  readonly seconds: number;
  /** Largest resident memory so far, in MB. */
  readonly peakMemory: number;
  readonly best: boolean;
}

/** Where a run stands within an epoch. */
export interface StepMetrics {
  readonly epoch: number;
  /** Batches of this epoch that are done, and how many there are. */
  readonly done: number;
  readonly of: number;
  /** Mean of this epoch so far. */
  readonly loss: number;
  readonly rate: number;
  readonly itemsPerSecond: number;
}

/** The machine that a run was made on. */
export interface Machine {
  readonly host: string;
  readonly processor: string;
  readonly cores: number;
  /** In MB. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
}

/** A run without its epochs. */
export interface RunSummary {
  readonly id: string;
  /** The folder's name. */
  readonly name: string;
  readonly task: string;
  readonly network: string;
  readonly started: string;
  /** When it was last heard of. */
  readonly heard: string;
  readonly outcome: Outcome;
  /** Why it failed, in a sentence. */
  readonly reason: string | null;
  readonly bestEpoch: number | null;
  readonly bestTop1: number | null;
  /** The median over its epochs. */
  readonly itemsPerSecond: number | null;
  /** In MB. */
  readonly peakMemory: number | null;
}

/** All that is known of a run. */
export interface Run extends RunSummary {
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly data: string;
  readonly fingerprint: string;
  readonly init: string;
  readonly device: string;
  readonly threads: number;
  readonly command: string;
  readonly version: string | null;
  readonly machine: Machine | null;
  readonly epochs: readonly EpochMetrics[];
}

/** A run as anybody may see it: without what names folders of the server. */
export type ShownRun = Omit<Run, "folder" | "data" | "init" | "command">;

/** What a page that watches a run is told: all of it, each time. */
export interface RunNews {
  readonly summary: RunSummary;
  readonly epochs: readonly EpochMetrics[];
  /** Within epochs, thinned out; empty for a run that was made before steps were written. */
  readonly steps: readonly StepMetrics[];
}
