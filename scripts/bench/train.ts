/** How fast training is, beside PyTorch on the same work in the same minutes. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { alternate } from "./alternate.ts";
import { BlockProcess } from "./block-process.ts";
import type { TrainingJob } from "./train-job.ts";
import {
  type Layout,
  smallestRatio,
  type Timings,
  type TrainingRecord,
  type TrainingRow,
  trainingRow,
} from "./train-record.ts";

export interface TrainBenchOptions {
  readonly network: string;
  readonly batches: readonly number[];
  readonly size: number;
  readonly threads: number;
  /** When to be done: each batch size gets its share, but two counted blocks a side in any case. */
  readonly minutes: number;
  /** Told what is going on: which stage, and how many of at most so many rounds are done. */
  readonly report?: (stage: string, done: number, of: number) => void;
}

/** Debian's package python3-torch belongs to the system's Python. */
const python = "/usr/bin/python3";
const layouts: readonly Layout[] = ["channels_last", "nchw"];
/** As in ImageNet, for which these networks are published. */
const classes = 1000;
/** Counted blocks a side: two always, more than this tell nothing new. */
const rounds = [2, 11] as const;
/** With frozen statistics there is less to see: it gets this share of the time that live ones get. */
const frozenShare = 0.5;
/** Below this, in GFLOP/s for a product of 1024 × 1024 matrices, torch computes them by the reference BLAS. */
const referenceBlas = 20;

/** What torch_train.py says first. */
type TorchReady =
  | { readonly missing: string }
  | {
      readonly missing?: undefined;
      readonly parameters: number;
      readonly version: string;
      readonly matmulGflops: number;
    };

/** Measures the training step at each batch size, with live and with frozen batch-norm statistics. */
export async function benchTrain(options: TrainBenchOptions): Promise<TrainingRecord> {
  const { network, batches, size, threads, minutes } = options;
  const until = performance.now() + minutes * 60_000;
  const stages = [
    ...batches.map((batch) => ({ batch, statistics: "live" as const, share: 1 })),
    ...batches.map((batch) => ({ batch, statistics: "frozen" as const, share: frozenShare })),
  ];
  const rows = { live: [] as TrainingRow[], frozen: [] as TrainingRow[] };
  const leastMs = new Map<number, number>();
  const torch = new Torch();
  for (const [i, { batch, statistics, share }] of stages.entries()) {
    const began = performance.now();
    const left = stages.slice(i).reduce((sum, stage) => sum + stage.share, 0);
    // On a machine that is too busy for all, what is asked first is answered whole.
    if (statistics === "frozen" && began + leastMs.get(batch)! > until) continue;
    const row = await measure(options, torch, batch, statistics, began + ((until - began) * share) / left);
    rows[statistics].push(row);
    leastMs.set(batch, ((performance.now() - began) * (1 + rounds[0])) / (1 + row.blocks));
  }
  return {
    network,
    size,
    threads,
    pytorch: torch.version,
    notes: torch.notes,
    batches: rows.live,
    ratioToPyTorch: smallestRatio(rows.live),
    frozen: rows.frozen,
  };
}

async function measure(
  { network, size, threads, report = () => {} }: TrainBenchOptions,
  torch: Torch,
  batch: number,
  statistics: TrainingJob["statistics"],
  until: number,
): Promise<TrainingRow> {
  const stage = `batch ${batch}, ${statistics} statistics`;
  report(stage, 0, rounds[1]);
  const job: TrainingJob = {
    network,
    batch,
    size,
    classes,
    threads,
    statistics,
    steps: stepsOf(batch),
    rate: 1e-9,
    momentum: 0.9,
  };
  const engine = await startEngine(job);
  const rivals = new Map<Layout, BlockProcess<TorchReady>>();
  try {
    for (const layout of layouts) {
      const rival = await torch.start(job, layout, engine.ready.parameters);
      if (rival) rivals.set(layout, rival);
    }
    const sides = [engine, ...rivals.values()];
    const costs = await alternate(sides, { until, rounds }, (done) => report(stage, done, rounds[1]));
    const timings: Timings[] = [];
    for (const [i, side] of sides.entries())
      timings.push({ blocksMs: costs[i]!, peakMemoryMB: await side.end() });
    const theirs = new Map([...rivals.keys()].map((layout, i) => [layout, timings[i + 1]!]));
    return trainingRow(batch, job.steps, timings[0]!, theirs);
  } finally {
    for (const side of [engine, ...rivals.values()]) side.kill();
  }
}

/** About a hundred pictures, in two steps at least: one step alone would be mostly handing weights in and out. */
export const stepsOf = (batch: number): number => Math.max(2, Math.min(8, Math.floor(96 / batch)));

/** Starts the program that trains with our engine. */
export function startEngine(job: TrainingJob): Promise<BlockProcess<{ readonly parameters: number }>> {
  const program = join(import.meta.dirname, "train-engine.ts");
  const args = ["--import", import.meta.resolve("tsx"), program, JSON.stringify(job)];
  return BlockProcess.start(process.execPath, args);
}

/** PyTorch on this machine, if it has one, and what is to be said of it. */
class Torch {
  version: string | null = null;
  readonly #notes = new Set<string>();

  get notes(): string[] {
    return [...this.#notes];
  }

  /** Starts PyTorch on a job; undefined where it is not there. Throws where its network is not ours. */
  async start(
    job: TrainingJob,
    layout: Layout,
    parameters: number,
  ): Promise<BlockProcess<TorchReady> | undefined> {
    if (!existsSync(python)) return this.#without(`there is no ${python}`);
    const program = join(import.meta.dirname, "torch_train.py");
    const rival = await BlockProcess.start<TorchReady>(python, [program, JSON.stringify({ ...job, layout })]);
    if (rival.ready.missing !== undefined) return this.#without(`${python}: ${rival.ready.missing}`);
    this.version = rival.ready.version;
    if (rival.ready.parameters !== parameters) {
      rival.kill();
      throw new Error(
        `PyTorch's ${job.network} has ${rival.ready.parameters} parameters, ours ${parameters}.`,
      );
    }
    const gflops = rival.ready.matmulGflops;
    if (gflops < referenceBlas) {
      this.#notes.add(
        `PyTorch multiplies matrices at ${gflops.toFixed(1)} GFLOP/s only, as with the reference BLAS, which makes it unfairly slow. Install a tuned one (Debian: libopenblas0-pthread).`,
      );
    }
    return rival;
  }

  #without(reason: string): undefined {
    this.#notes.add(
      `PyTorch was not measured: ${reason}. Install it (Debian: python3-torch libopenblas0-pthread).`,
    );
  }
}
