/** Training on tables of labelled texts. */

import { type Splits, trainingSplits } from "../../engine/data/split.ts";
import { learnPieces } from "../../engine/data/text/learnPieces.ts";
import {
  findTextTables,
  type LabelColumns,
  labelsIn,
  readTexts,
  type TextSample,
  type TextTable,
} from "../../engine/data/text/texts.node.ts";
import { Tokeniser } from "../../engine/data/text/tokeniser.ts";
import { NacreError } from "../../engine/errors.ts";
import { textNetworkOf } from "../../engine/networks/texts.ts";
import { build } from "../../engine/nn/scope.ts";
import { Rng } from "../../engine/random.ts";
import { buildTextRelease } from "../../engine/release/buildText.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { Runtime } from "../../engine/runtime/runtime.ts";
import { findClass, type Name, type TaskClass } from "../../engine/task.ts";
import { type BagTables, bagOfGrams, withBag } from "../../engine/train/bagOfGrams.ts";
import { parseConfig } from "../../engine/train/config.ts";
import { type TextConfig, textSchema } from "../../engine/train/textConfig.ts";
import { textCurriculum } from "../../engine/train/textCurriculum.ts";
import { missingClasses } from "../../engine/train/textDraws.ts";
import { textRecipe } from "../../engine/train/textRecipe.ts";
import { train } from "../../engine/train/train.ts";
import { initialWeights, type Weights } from "../../engine/train/weights.ts";
import { asSpoken, classesOf } from "../folder-classes.ts";
import { type Progress, progress } from "../progress.ts";
import type { RunRecord } from "../run.ts";
import { nextRelease, readTask } from "../tasks.ts";
import { columnsOf } from "../text-columns.ts";
import { readChanges } from "../training-config.ts";
import { begunWith, counted, fingerprintWith, remembered } from "./corrections.ts";
import type { Prepared, Wishes } from "./kind.ts";

/** Texts of a task, understood. */
interface TextData {
  readonly title: Name;
  readonly classes: readonly TaskClass[];
  readonly tables: readonly TextTable[];
  /** Corrections are at the end of train. */
  readonly splits: Splits<TextSample>;
  /** The paths of their tables, which have one row each. */
  readonly corrected: readonly string[];
}

const LICENCE: Manifest["licence"] = {
  name: "of your texts",
  nonCommercial: false,
  credit: "Trained from nothing on texts whose licence, if they have one, may hold for this release, too.",
};

/** Prepares a run on a table of texts or a folder of some, as `Prepare` says. */
export async function prepareTexts(wishes: Wishes, earlier?: RunRecord): Promise<Prepared> {
  const { task, data, seed, init, corrections } = wishes;
  if (init !== undefined && init !== "nothing")
    throw new NacreError(
      "usage",
      "Texts are learned from nothing, with pieces of their own. Leave --init out.",
    );
  const { title, classes, tables, splits, corrected } = await readTables(wishes);
  const config = earlier
    ? parseConfig(textSchema, earlier.config, "The run")
    : await textConfig(wishes, splits.train.length);
  const found = await fingerprintWith(
    data,
    tables.map(({ path }) => path),
    [{ folder: corrections?.folder, paths: corrected }],
  );
  const tokeniser = new Tokeniser(
    learnPieces(
      splits.train.map(({ text }) => text),
      config.pieces,
    ),
  );
  const weights = async () => {
    const { layer } = textNetworkOf(config, classes.length, tokeniser.size);
    const shape = ["N", "T", config.grams.longest];
    const { slots } = build(layer, shape, { training: false, statistics: "frozen" }, "tokens", "int64");
    return initialWeights(slots.values(), new Rng(seed).fork("weights"));
  };
  return {
    ...{ config, classes, licence: LICENCE, fingerprint: found, init: "nothing" },
    corrections: remembered(corrections, corrected),
    epochs: config.epochs,
    unit: "texts",
    reported: { samples: splits.test.length > 0 ? splits.test : splits.val, classes },
    summary: `${splits.train.length} texts of ${classes.length} classes (val ${splits.val.length}, test ${splits.test.length}), ${tokeniser.size} pieces${counted(corrections, corrected.length)}`,
    async train(options) {
      const run = {
        ...options,
        ...{ config, fingerprint: found, train: splits.train, val: splits.val, weights, tokeniser },
        classes: classes.length,
      };
      return train(textCurriculum(run), run);
    },
    release: (trained, runtime) => {
      const ready = withBag(
        trained,
        bagOf(splits.train, classes.length, config, tokeniser),
        config.bag.share,
      );
      return releaseTexts({ task, title, classes, config, tokeniser, splits, weights: ready, runtime });
    },
  };
}

/** The texts of tables. A task's own classes where all labels mean one; else a class for each label. */
async function readTables(wishes: Wishes): Promise<TextData> {
  const { task, data, seed, corrections } = wishes;
  const columns = columnsOf(wishes);
  const tables = await findTextTables(data);
  const labels = await labelsIn(tables, columns);
  const known = await readTask(task);
  const meant = known && labels.every((label) => findClass(known.classes, label) >= 0);
  const classes = meant ? known.classes : classesOf(labels);
  if (new Set(labels.map((label) => findClass(classes, label))).size < 2)
    throw new NacreError(
      "input",
      `${data} holds texts of one class only (${labels.join()}) in the column "${columns.label}"; at least two are wanted.`,
    );
  const splits = await splitsOf(data, tables, columns, classes, new Rng(seed));
  const corrected = corrections ? begunWith(corrections, await findTextTables(corrections.folder)) : [];
  const added: TextSample[] = [];
  for await (const text of readTexts(corrected, columnsOf({}), (label) => findClass(classes, label)))
    added.push(text);
  return {
    title: known?.title ?? { en: asSpoken(task), zh: asSpoken(task) },
    classes,
    tables,
    splits: { ...splits, train: [...splits.train, ...added] },
    corrected: corrected.map(({ path }) => path),
  };
}

async function splitsOf(
  directory: string,
  tables: readonly TextTable[],
  columns: LabelColumns,
  classes: readonly TaskClass[],
  rng: Rng,
): Promise<Splits<TextSample>> {
  const read = async (split: TextTable["split"]): Promise<TextSample[] | undefined> => {
    const own = tables.filter((table) => table.split === split);
    if (own.length === 0) return undefined;
    const texts: TextSample[] = [];
    for await (const text of readTexts(own, columns, (label) => findClass(classes, label))) texts.push(text);
    return texts;
  };
  const [train, val, test, rest] = [
    await read("train"),
    await read("val"),
    await read("test"),
    await read(undefined),
  ];
  const splits = {
    ...(train
      ? { train: [...train, ...(rest ?? [])] }
      : { all: [...(rest ?? []), ...(val ?? []), ...(test ?? [])] }),
    ...(train && val ? { val } : {}),
    ...(train && test ? { test } : {}),
  };
  const ids = classes.map(({ id }) => id);
  return trainingSplits<TextSample>({ directory, files: "texts", classes: ids, splits }, rng);
}

/** The recipe for so many texts with what the person wants otherwise. */
async function textConfig(wishes: Wishes, texts: number): Promise<TextConfig> {
  const { config: file, freeze, network, seed, epochs } = wishes;
  const changes = file === undefined ? {} : await readChanges(file);
  const wanted = { freeze, ...changes, network, seed, ...(epochs === undefined ? {} : { epochs }) };
  return parseConfig(textSchema, { ...textRecipe(texts), ...wanted }, file ?? "The options");
}

/** A bag of n-grams learned of the training texts alone. */
function bagOf(
  train: readonly TextSample[],
  classes: number,
  { bag, grams, window, seed }: TextConfig,
  tokeniser: Tokeniser,
): BagTables {
  const missing = missingClasses(train, classes);
  const texts = train.map(({ text, label, source }) => ({
    ...{ ids: tokeniser.encode(text), label },
    missing: missing.get(source)!,
  }));
  const rng = new Rng(seed).fork("bag");
  return bagOfGrams(texts, { ...bag, classes, vocabulary: tokeniser.size, grams, window, rng });
}

/** What a classifier of texts is released from. */
interface Material extends Omit<TextData, "tables" | "corrected"> {
  readonly task: string;
  readonly config: TextConfig;
  readonly tokeniser: Tokeniser;
  readonly weights: Weights;
  readonly runtime: Runtime;
}

/** Makes the next release of the task and returns its folder. */
async function releaseTexts(material: Material): Promise<string> {
  const { task, title, classes: named, config, tokeniser, splits, weights, runtime } = material;
  const { folder, version } = await nextRelease(task, "standard");
  const classes = named.map(({ id, en, zh }) => ({ id, en, zh }));
  const { network, seed } = config;
  const about = { task, version, variant: "standard", network, title, classes, licence: LICENCE };
  const split = splits.test.length > 0 ? "test" : "val";
  let stage: { name: string; bar: Progress } | undefined;
  const report = (name: string, done: number, of: number) => {
    if (stage?.name !== name) {
      stage?.bar.stop();
      console.error(`${name} …`);
      stage = { name, bar: progress(of, "texts") };
    }
    stage.bar.update(done);
  };
  try {
    const made = { folder, about, config, tokeniser, weights, val: splits.val, runtime, seed, report };
    const { metrics } = await buildTextRelease({ ...made, test: { split, samples: splits[split] } });
    stage?.bar.stop();
    console.error(`Released ${version}. Accuracy on ${split}: ${(100 * metrics.top1.value).toFixed(1)} %.`);
  } finally {
    stage?.bar.stop();
  }
  return folder;
}
