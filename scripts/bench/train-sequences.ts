/** How fast recurrent networks are trained, beside PyTorch on the same work in the same minutes. */

import { alternate } from "./alternate.ts";
import { type SequenceRecord, type SequenceRow, sequenceRow } from "./sequence-record.ts";
import { startEngine } from "./start-engine.ts";
import { Torch } from "./torch.ts";
import type { SequenceJob, SequenceNetwork } from "./train-job.ts";
import { smallestRatio } from "./train-record.ts";

export interface SequenceBenchOptions {
  readonly network: SequenceNetwork;
  /** Sequences a step, case by case. */
  readonly batches: readonly number[];
  /** Steps of a sequence, case by case. */
  readonly lengths: readonly number[];
  /** Threads for each, case by case. */
  readonly threads: readonly number[];
  /** When to be done: each case gets its share; those for which no time is left are not measured. */
  readonly minutes: number;
  /** Told what is going on: which case, and how many of at most so many rounds are done. */
  readonly report?: (stage: string, done: number, of: number) => void;
}

/** What differs between the networks, as in the recipes of our own models. */
const settings: Readonly<Record<SequenceNetwork, Pick<SequenceJob, "classes" | "clip" | "weightDecay">>> = {
  lstm: { classes: 3, clip: 1, weightDecay: 0.02 },
  gru: { classes: 12, clip: 5, weightDecay: 0.03 },
};
/** Counted blocks a side: two always, more than this tell nothing new. */
const rounds = [2, 21] as const;

/** Measures the training step for each length and number of threads. */
export async function benchSequences(options: SequenceBenchOptions): Promise<SequenceRecord> {
  const { network, batches, lengths, threads, minutes, report } = options;
  const until = performance.now() + minutes * 60_000;
  const jobs = threads.flatMap((threads) =>
    batches.flatMap((batch) => lengths.map((length) => jobOf({ network, batch, length, threads }))),
  );
  const torch = new Torch();
  const rows: SequenceRow[] = [];
  let leastMs = 0;
  for (const [i, job] of jobs.entries()) {
    const began = performance.now();
    // On a machine that is too busy for all, what is asked first is answered whole.
    if (began + leastMs > until) break;
    const row = await measure(job, torch, began + (until - began) / (jobs.length - i), report);
    rows.push(row);
    leastMs = ((performance.now() - began) * (1 + rounds[0])) / (1 + row.blocks);
  }
  return {
    network,
    pytorch: torch.version,
    notes: torch.notes,
    cases: rows,
    ratioToPyTorch: smallestRatio(rows),
  };
}

const jobOf = (what: Pick<SequenceJob, "network" | "batch" | "length" | "threads">): SequenceJob => ({
  kind: "sequences",
  ...what,
  ...settings[what.network],
  steps: stepsOf(what.batch * what.length),
  rate: 1e-9,
});

async function measure(
  job: SequenceJob,
  torch: Torch,
  until: number,
  report: SequenceBenchOptions["report"] = () => {},
): Promise<SequenceRow> {
  const stage = `${job.length} steps, threads: ${job.threads}`;
  report(stage, 0, rounds[1]);
  const engine = await startEngine(job);
  const rival = await torch.start(job, engine.ready.parameters).catch((error) => {
    engine.kill();
    throw error;
  });
  const sides = rival ? [engine, rival] : [engine];
  try {
    const costs = await alternate(sides, { until, rounds }, (done) => report(stage, done, rounds[1]));
    const timings = [];
    for (const [i, side] of sides.entries())
      timings.push({ blocksMs: costs[i]!, peakMemoryMB: await side.end() });
    return sequenceRow(job, timings[0]!, timings[1]);
  } finally {
    for (const side of sides) side.kill();
  }
}

/** About sixteen thousand tokens, in two steps at least: one alone would be mostly handing weights in and out. */
const stepsOf = (tokens: number): number => Math.max(2, Math.min(16, Math.floor(2 ** 14 / tokens)));
