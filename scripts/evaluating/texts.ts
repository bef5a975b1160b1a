/** Measuring a release on tables of labelled texts. */

import {
  findTextTables,
  readTexts,
  type TextSample,
  type TextTable,
} from "../../engine/data/text/texts.node.ts";
import { NacreError } from "../../engine/errors.ts";
import { classifyTexts } from "../../engine/read/textClassifier.ts";
import { isKnown } from "../../engine/release/known.ts";
import { loadTextRelease } from "../../engine/release/loadText.ts";
import { findClass, type TaskClass } from "../../engine/task.ts";
import { argmax, wilson } from "../../engine/train/metrics.ts";
import { sourceFigures } from "../../engine/train/sourceFigures.ts";
import { progress } from "../progress.ts";
import { readTask } from "../tasks.ts";
import { columnsOf } from "../text-columns.ts";
import type { Measured, SplitTexts, Wanted } from "./kind.ts";

/** Texts that are read together. Only answers are kept, and texts that were misread: most need no memory. */
const BATCH = 256;

/**
 * Measures a release on tables, as `Measure` says: those that are called after the split, and those that are called
 * after none, whole, unless there is one for training.
 */
export async function measureTexts(wanted: Wanted): Promise<Measured> {
  const { manifest, device, reader, dispose } = await loadTextRelease(wanted.folder, wanted);
  const known = (await readTask(wanted.task))?.classes ?? manifest.classes;
  const texts = wanted.texts
    ? relabelled(wanted.texts, manifest.classes)
    : readTexts(ofSplit(await findTextTables(wanted.data), wanted), columnsOf(wanted), (label) =>
        classOf(label, manifest.classes, known),
      );

  const logits: number[] = [];
  const labels: number[] = [];
  const sources: string[] = [];
  const items: (string | undefined)[] = [];
  let [spent, understood] = [0, 0];
  const bar = progress(0, "texts");
  try {
    for await (const batch of inBatches(texts)) {
      const began = performance.now();
      const opinions = await classifyTexts(
        reader,
        batch.map(({ text }) => text),
      );
      spent += performance.now() - began;
      for (const [i, opinion] of opinions.entries()) {
        const { text, label, source } = batch[i]!;
        logits.push(...opinion.logits);
        if (isKnown(manifest, opinion.known)) understood++;
        labels.push(label);
        sources.push(source);
        items.push(argmax(opinion.logits, opinion.logits.length)[0] === label ? undefined : text);
      }
      bar.update(labels.length);
    }
  } finally {
    bar.stop();
    await dispose();
  }
  if (labels.length === 0) throw new NacreError("input", `${wanted.data} holds no texts.`);
  const ids = manifest.classes.map(({ id }) => id);
  const truth = Int32Array.from(labels);
  return {
    ...{ manifest, device, labels: truth, items, unit: "texts" },
    logits: Float32Array.from(logits),
    kept: manifest.known && wilson(understood, labels.length),
    msPerItem: spent / labels.length,
    more: (probabilities) =>
      sources.some((source) => source !== "")
        ? { perSource: sourceFigures(probabilities, truth, sources, ids) }
        : {},
  };
}

/** Texts whose labels are indices of the released classes, which may stand in another order. */
const relabelled = ({ samples, classes }: SplitTexts, released: readonly TaskClass[]): TextSample[] =>
  samples.map((sample) => ({
    ...sample,
    label: released.findIndex(({ id }) => id === classes[sample.label]!.id),
  }));

/** The tables to measure on. Throws NacreError("input") naming the splits that there are instead. */
function ofSplit(tables: readonly TextTable[], { data, split }: Wanted): readonly TextTable[] {
  // Beside a table for training, training takes those that are called after no split, too.
  const unnamed = tables.some((table) => table.split === "train") ? "train" : split;
  const own = split === "all" ? tables : tables.filter((table) => (table.split ?? unnamed) === split);
  if (own.length > 0) return own;
  const present = [...new Set(tables.map((table) => table.split))].join(", ");
  throw new NacreError("input", `${data} has no ${split} texts. Choose with --split: ${present}, all.`);
}

/** The place among a release's classes of what a table calls a class; −1 where it is none. */
function classOf(label: string, released: readonly TaskClass[], known: readonly TaskClass[]): number {
  const id = known[findClass(known, label)]?.id ?? label.trim();
  return released.findIndex((one) => one.id === id);
}

async function* inBatches(
  texts: AsyncIterable<TextSample> | Iterable<TextSample>,
): AsyncGenerator<TextSample[]> {
  let batch: TextSample[] = [];
  for await (const text of texts) {
    batch.push(text);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
