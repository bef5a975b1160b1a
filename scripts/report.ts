/** The words of `evaluate`: a person's report and a program's record of the same measurement. */

import { networksOf } from "../engine/release/kinds.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import type { Estimate, Metrics } from "../engine/train/metrics.ts";

/** One measurement of one release. */
export interface Evaluation {
  readonly manifest: Manifest;
  readonly device: string;
  /** The folder of the examples, and which part of it was taken. */
  readonly data: string;
  readonly split: string;
  readonly metrics: Metrics;
  /** Share of the examples that count as known; undefined where the release cannot tell. */
  readonly kept: Estimate | undefined;
  /** Mean time of the network for one example, without reading it, in ms. */
  readonly msPerItem: number;
  /** What examples are called: "pictures", "recordings", "texts". */
  readonly unit: string;
  /** Figures that only this kind of input has. */
  readonly more: object | undefined;
}

/** The record that --json prints. Shares are in [0, 1]; `confusion` has a row for each true class. */
export function record(evaluation: Evaluation): object {
  const { manifest, device, data, split, metrics, kept, msPerItem, more } = evaluation;
  const interval = ({ low, high }: Estimate) => [low, high];
  const { n, top1, top3, top5, macroF1, ece, perClass, confusion } = metrics;
  return {
    task: manifest.task,
    model: manifest.version,
    network: networksOf(manifest),
    device,
    data,
    split,
    n,
    top1: top1.value,
    top3: top3.value,
    top5: top5.value,
    macroF1: macroF1.value,
    ece,
    known: kept && { kept: kept.value, interval95: interval(kept) },
    intervals95: {
      top1: interval(top1),
      top3: interval(top3),
      top5: interval(top5),
      macroF1: interval(macroF1),
    },
    classes: manifest.classes.map(({ id }) => id),
    perClass: perClass.map((figures, c) => ({ class: manifest.classes[c]!.id, ...figures })),
    confusion,
    msPerItem,
    ...more,
  };
}

/** The report that is printed otherwise. */
export function report(evaluation: Evaluation): string {
  const { manifest, device, data, split, metrics, kept, msPerItem, unit, more } = evaluation;
  const { top1, top3, top5, macroF1, ece, n } = metrics;
  const estimate = ({ value, low, high }: Estimate) =>
    `${percent(value)}   (95 %: ${percent(low).trim()} to ${percent(high).trim()})`;
  return [
    `${manifest.title.en}, ${manifest.version} (${networksOf(manifest)}): ${n} ${unit}, ${split} of ${data}`,
    "",
    `top-1              ${estimate(top1)}`,
    `top-3              ${estimate(top3)}`,
    `top-5              ${estimate(top5)}`,
    `macro-F1           ${estimate(macroF1)}`,
    `calibration error  ${percent(ece)}`,
    ...(kept ? [`known              ${estimate(kept)}`] : []),
    `time               ${msPerItem.toFixed(1)} ms each (${device})`,
    "",
    ...classTable(manifest, metrics),
    ...(more ? ["", JSON.stringify(more, null, 2)] : []),
  ].join("\n");
}

/** A line for each class that has examples: how many, the three figures, and what it is taken for when it is not seen. */
function classTable({ classes }: Manifest, { perClass, confusion }: Metrics): string[] {
  const width = Math.max(...classes.map(({ id }) => id.length));
  const head = `${"class".padEnd(width)}      n  precision   recall       F1  taken for`;
  const rows = perClass.flatMap(({ precision, recall, f1, support }, c) => {
    if (support === 0) return [];
    const figures = [precision, recall, f1].map((share) => percent(share)).join("  ");
    const name = classes[c]!.id.padEnd(width);
    return `${name}  ${String(support).padStart(5)}    ${figures}  ${mistakes(confusion[c]!, c, classes)}`.trimEnd();
  });
  return [head, ...rows];
}

/** The three commonest wrong answers: "banjo 2, harp 1". */
function mistakes(row: readonly number[], truth: number, classes: Manifest["classes"]): string {
  return row
    .map((count, answer) => ({ count, answer }))
    .filter(({ count, answer }) => count > 0 && answer !== truth)
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ count, answer }) => `${classes[answer]!.id} ${count}`)
    .join(", ");
}

/** " 97.3 %", seven characters wide. */
function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(7);
}
