import { median, rounded } from "./median.ts";
import type { SequenceJob, SequenceNetwork } from "./train-job.ts";
import type { Timings } from "./train-record.ts";

/** How fast one case trains, ours and PyTorch's; what begins with PyTorch is null in its absence. */
export interface SequenceRow {
  readonly batch: number;
  /** Tokens of a text, or frames of a sound. */
  readonly length: number;
  readonly threads: number;
  readonly tokensPerSecond: number;
  readonly pytorchTokensPerSecond: number | null;
  /** tokensPerSecond / pytorchTokensPerSecond */
  readonly ratio: number | null;
  /** Blocks that the medians are of, and steps in each. */
  readonly blocks: number;
  readonly stepsPerBlock: number;
  /** Median and smallest time of a step. */
  readonly stepMs: number;
  readonly stepMsMin: number;
  readonly peakMemoryMB: number;
  readonly pytorchStepMs: number | null;
  readonly pytorchStepMsMin: number | null;
  readonly pytorchPeakMemoryMB: number | null;
}

/** What `bench train --network lstm --json` prints. */
export interface SequenceRecord {
  readonly network: SequenceNetwork;
  readonly pytorch: string | null;
  /** What a reader should know of the comparison. */
  readonly notes: readonly string[];
  readonly cases: readonly SequenceRow[];
  /** The smallest of the ratios in `cases`. */
  readonly ratioToPyTorch: number | null;
}

/** Sums up one case. */
export function sequenceRow(job: SequenceJob, ours: Timings, theirs: Timings | undefined): SequenceRow {
  const { batch, length, threads, steps } = job;
  const step = (blocks: readonly number[]) => median(blocks) / steps;
  const least = (blocks: readonly number[]) => rounded(Math.min(...blocks) / steps, 1);
  const perSecond = (ms: number) => Math.round((1000 * batch * length) / ms);
  const stepMs = step(ours.blocksMs);
  const theirMs = theirs && step(theirs.blocksMs);
  return {
    batch,
    length,
    threads,
    tokensPerSecond: perSecond(stepMs),
    pytorchTokensPerSecond: theirMs ? perSecond(theirMs) : null,
    ratio: theirMs ? rounded(theirMs / stepMs, 3) : null,
    blocks: ours.blocksMs.length,
    stepsPerBlock: steps,
    stepMs: rounded(stepMs, 1),
    stepMsMin: least(ours.blocksMs),
    peakMemoryMB: ours.peakMemoryMB,
    pytorchStepMs: theirMs ? rounded(theirMs, 1) : null,
    pytorchStepMsMin: theirs ? least(theirs.blocksMs) : null,
    pytorchPeakMemoryMB: theirs?.peakMemoryMB ?? null,
  };
}

/** What is measured, in a person's words. */
const TITLES: { readonly [Network in SequenceNetwork]: string } = {
  lstm: "Embeddings, a bidirectional LSTM of 160 units, attention; AdamW with clipping",
  gru: "Two bidirectional GRU layers of 128 units, attention; AdamW with clipping",
};

/** The record as a person reads it. */
export function sequenceReport({ network, pytorch, cases, notes, ratioToPyTorch }: SequenceRecord): string {
  const unit = network === "lstm" ? "tokens" : "frames";
  const verdict =
    ratioToPyTorch === null ? [] : ["", `At least ${ratioToPyTorch.toFixed(2)} × PyTorch ${pytorch}.`];
  return [
    `${TITLES[network]}, float32; medians of alternating blocks`,
    "",
    ...cases.map((row) => line(row, unit)),
    ...verdict,
    ...notes.flatMap((note) => ["", note]),
  ].join("\n");
}

function line(row: SequenceRow, unit: string): string {
  const { batch, length, threads } = row;
  const what = `  ${batch} × ${length} ${unit}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
  const ours = `Nacre ${cells(row.tokensPerSecond, unit, row.stepMs, row.peakMemoryMB)}`;
  if (row.pytorchTokensPerSecond === null) return `${what}   ${ours}`;
  const theirs = cells(row.pytorchTokensPerSecond, unit, row.pytorchStepMs!, row.pytorchPeakMemoryMB!);
  return `${what}   ${ours}   PyTorch ${theirs}   ratio ${row.ratio!.toFixed(2)}   (${row.blocks} blocks)`;
}

const cells = (perSecond: number, unit: string, ms: number, megabytes: number): string =>
  `${String(perSecond).padStart(6)} ${unit}/s ${ms.toFixed(0).padStart(5)} ms ${megabytes.toFixed(0).padStart(5)} MB`;
