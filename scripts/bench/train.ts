/** How fast training is, beside PyTorch on the same work in the same minutes. */

import { stepsPerRun } from "../../engine/train/pictureCurriculum.ts";
import { alternate } from "./alternate.ts";
import type { BlockProcess } from "./block-process.ts";
import { startEngine } from "./start-engine.ts";
import { Torch, type TorchReady } from "./torch.ts";
import type { PictureJob } from "./train-job.ts";
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

const layouts: readonly Layout[] = ["channels_last", "nchw"];
/** As in ImageNet, for which these networks are published. */
const classes = 1000;
/** Counted blocks a side: two always, more than this tell nothing new. */
const rounds = [2, 11] as const;
/** With frozen statistics there is less to see: it gets this share of the time that live ones get. */
const frozenShare = 0.5;
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
  statistics: PictureJob["statistics"],
  until: number,
): Promise<TrainingRow> {
  const stage = `batch ${batch}, ${statistics} statistics`;
  report(stage, 0, rounds[1]);
  const job: PictureJob = {
    kind: "pictures",
    network,
    batch,
    size,
    classes,
    threads,
    statistics,
    steps: stepsPerRun(batch),
    rate: 1e-9,
    momentum: 0.9,
  };
  const engine = await startEngine(job);
  const rivals = new Map<Layout, BlockProcess<TorchReady>>();
  try {
    for (const layout of layouts) {
      const rival = await torch.start({ ...job, layout }, engine.ready.parameters);
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
