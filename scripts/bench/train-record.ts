import { median, rounded } from "./median.ts";

/** How fast one batch size trains, ours and PyTorch's; what ends in PyTorch's absence is null. */
export interface TrainingRow {
  readonly batch: number;
  readonly imagesPerSecond: number;
  readonly pytorchImagesPerSecond: number | null;
  /** imagesPerSecond / pytorchImagesPerSecond */
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
  /** The faster of PyTorch's two memory layouts. */
  readonly pytorchLayout: Layout | null;
}

export type Layout = "channels_last" | "nchw";

/** What `bench train --json` prints. */
export interface TrainingRecord {
  readonly network: string;
  readonly size: number;
  readonly threads: number;
  readonly pytorch: string | null;
  /** What a reader should know of the comparison. */
  readonly notes: readonly string[];
  /** With live batch-norm statistics. */
  readonly batches: readonly TrainingRow[];
  /** The smallest of the ratios in `batches`. */
  readonly ratioToPyTorch: number | null;
  /** With frozen batch-norm statistics, as in fine-tuning; batches for which no time was left are missing. */
  readonly frozen: readonly TrainingRow[];
}

/** What one contestant's blocks took, in ms, and the most memory that it held. */
export interface Timings {
  readonly blocksMs: readonly number[];
  readonly peakMemoryMB: number;
}

/** Sums up one batch size; of PyTorch's layouts the one with the smaller median counts. */
export function trainingRow(
  batch: number,
  stepsPerBlock: number,
  ours: Timings,
  pytorch: ReadonlyMap<Layout, Timings>,
): TrainingRow {
  const stepMs = median(ours.blocksMs) / stepsPerBlock;
  const theirs = [...pytorch]
    .map(([layout, timings]) => ({ layout, timings, stepMs: median(timings.blocksMs) / stepsPerBlock }))
    .sort((a, b) => a.stepMs - b.stepMs)[0];
  const least = (blocks: readonly number[]) => rounded(Math.min(...blocks) / stepsPerBlock, 1);
  const perSecond = (ms: number) => rounded((1000 * batch) / ms, 2);
  return {
    batch,
    imagesPerSecond: perSecond(stepMs),
    pytorchImagesPerSecond: theirs ? perSecond(theirs.stepMs) : null,
    ratio: theirs ? rounded(theirs.stepMs / stepMs, 3) : null,
    blocks: ours.blocksMs.length,
    stepsPerBlock,
    stepMs: rounded(stepMs, 1),
    stepMsMin: least(ours.blocksMs),
    peakMemoryMB: ours.peakMemoryMB,
    pytorchStepMs: theirs ? rounded(theirs.stepMs, 1) : null,
    pytorchStepMsMin: theirs ? least(theirs.timings.blocksMs) : null,
    pytorchPeakMemoryMB: theirs?.timings.peakMemoryMB ?? null,
    pytorchLayout: theirs?.layout ?? null,
  };
}

/** The smallest ratio of the rows; null where there is none. */
export function smallestRatio(rows: readonly { readonly ratio: number | null }[]): number | null {
  const ratios = rows.flatMap(({ ratio }) => ratio ?? []);
  return ratios.length > 0 ? Math.min(...ratios) : null;
}

/** The record as a person reads it. */
export function trainingReport(record: TrainingRecord): string {
  const { network, size, threads, pytorch, ratioToPyTorch } = record;
  const title = `${network}, ${size} × ${size} pixels, float32, SGD with momentum, ${count(threads, "thread")}; medians of alternating blocks`;
  const verdict =
    ratioToPyTorch === null ? [] : ["", `At least ${ratioToPyTorch.toFixed(2)} × PyTorch ${pytorch}.`];
  const frozen = record.frozen.length > 0 ? ["", "frozen statistics", ...record.frozen.map(line)] : [];
  return [
    title,
    "",
    "live statistics",
    ...record.batches.map(line),
    ...frozen,
    ...verdict,
    ...notes(record),
  ].join("\n");
}

const count = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? "" : "s"}`;

const notes = (record: TrainingRecord): string[] => record.notes.flatMap((note) => ["", note]);

function line(row: TrainingRow): string {
  const ours = cells(row.imagesPerSecond, row.stepMs, row.peakMemoryMB);
  const start = `  batch ${String(row.batch).padStart(3)}   Nacre ${ours}`;
  if (row.pytorchImagesPerSecond === null) return start;
  const theirs = cells(row.pytorchImagesPerSecond, row.pytorchStepMs!, row.pytorchPeakMemoryMB!);
  return `${start}   PyTorch ${theirs}   ratio ${row.ratio!.toFixed(2)}   (${row.pytorchLayout}, ${count(row.blocks, "block")})`;
}

const cells = (imagesPerSecond: number, stepMs: number, megabytes: number): string =>
  [
    `${imagesPerSecond.toFixed(1).padStart(6)} images/s`,
    `${stepMs.toFixed(0).padStart(5)} ms`,
    `${megabytes.toFixed(0).padStart(5)} MB`,
  ].join(" ");
