/** Measuring a release on folders of pictures. */

import { availableParallelism } from "node:os";
import { evaluationBatches } from "../../engine/data/evaluation.ts";
import { type ImageFolder, scanImageFolder } from "../../engine/data/folder.ts";
import type { Sample } from "../../engine/data/sample.ts";
import { Rng } from "../../engine/random.ts";
import { isKnown } from "../../engine/release/known.ts";
import { type Classifier, loadRelease } from "../../engine/release/load.ts";
import { findClass, type TaskClass } from "../../engine/task.ts";
import { type Estimate, wilson } from "../../engine/train/metrics.ts";
import { progress } from "../progress.ts";
import { readTask } from "../tasks.ts";
import { choose } from "./choose.ts";
import type { Measured, Wanted } from "./kind.ts";

/** Pictures per run of the network. */
const batchSize = 16;

/** Measures a release on `{train,val,test}/<class>/` or `<class>/` folders, as `Measure` says. */
export async function measurePictures(wanted: Wanted): Promise<Measured> {
  const { data, split, seed } = wanted;
  const classifier = await loadRelease(wanted.folder, wanted);
  const { manifest, device } = classifier;
  const known = (await readTask(wanted.task))?.classes ?? manifest.classes;
  const samples = choose(await scan(data, manifest.classes, known), split, new Rng(seed));
  const { logits, kept, msPerItem } = await classifyAll(classifier, samples);
  await classifier.dispose();
  const labels = Int32Array.from(samples, ({ label }) => label);
  const items = samples.map(({ path }) => path);
  return { manifest, device, logits, labels, items, kept, msPerItem, unit: "pictures" };
}

/** Finds the pictures; folders may bear any name by which the task knows a class of the release. */
function scan(
  data: string,
  released: readonly TaskClass[],
  known: readonly TaskClass[],
): Promise<ImageFolder> {
  return scanImageFolder(data, {
    classes: released.map(({ id }) => id),
    aliases: (name) => known[findClass(known, name)]?.id,
  });
}

/**
 * The logits of all samples, [N, classes]; the share of them that count as known, where the release can tell; and
 * the network's mean time for one of them in ms.
 */
async function classifyAll(
  classifier: Classifier,
  samples: readonly Sample[],
): Promise<{ logits: Float32Array; kept: Estimate | undefined; msPerItem: number }> {
  const { manifest } = classifier;
  const classes = manifest.classes.length;
  const logits = new Float32Array(samples.length * classes);
  let known = 0;
  const workers = Math.max(1, Math.min(8, availableParallelism() - 1)); // one core is the network's
  const bar = progress(samples.length, "pictures");
  let spent = 0;
  try {
    const reading = { batch: batchSize, workers };
    for await (const { start, images, labels } of evaluationBatches(
      samples,
      classifier.manifest.input,
      reading,
    )) {
      const began = performance.now();
      const opinions = await classifier.classify(images, labels.length);
      logits.set(opinions.logits, start * classes);
      for (const familiarity of opinions.familiarity ?? []) if (isKnown(manifest, familiarity)) known++;
      spent += performance.now() - began;
      bar.update(start + labels.length);
    }
  } finally {
    bar.stop();
  }
  const kept = manifest.known && wilson(known, samples.length);
  return { logits, kept, msPerItem: spent / samples.length };
}
