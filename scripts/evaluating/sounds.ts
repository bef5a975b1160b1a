/** Measuring a release on folders of recordings. */

import { soundEvaluationBatches } from "../../engine/data/soundEvaluation.ts";
import { scanSoundFolder } from "../../engine/data/soundFolder.ts";
import { Rng } from "../../engine/random.ts";
import { wordsOf } from "../../engine/release/kinds.ts";
import { loadSoundRelease } from "../../engine/release/loadSound.ts";
import { acceptance, USUAL_THRESHOLD } from "../../engine/release/wordThreshold.ts";
import { findClass } from "../../engine/task.ts";
import { softmax } from "../../engine/train/calibration.ts";
import { wilson } from "../../engine/train/metrics.ts";
import { progress } from "../progress.ts";
import { readTask } from "../tasks.ts";
import { choose } from "./choose.ts";
import type { Measured, Wanted } from "./kind.ts";

/** Recordings per run of the network. */
const batchSize = 16;

/** Measures a release on `{train,val,test}/<word>/` or `<word>/` folders, as `Measure` says. */
export async function measureSounds(wanted: Wanted): Promise<Measured> {
  const { data, split, seed } = wanted;
  const classifier = await loadSoundRelease(wanted.folder, wanted);
  const { manifest, device } = classifier;
  const { input, temperature } = manifest;
  const classes = manifest.classes.length;
  const known = (await readTask(wanted.task))?.classes ?? manifest.classes;
  const folder = await scanSoundFolder(data, {
    classes: manifest.classes.map(({ id }) => id),
    aliases: (name) => known[findClass(known, name)]?.id,
  });
  const samples = choose(folder, split, new Rng(seed));
  const logits = new Float32Array(samples.length * classes);
  const bar = progress(samples.length, "recordings");
  let spent = 0;
  try {
    const length = { rate: input.rate, length: input.samples };
    for await (const batch of soundEvaluationBatches(samples, batchSize, length)) {
      const began = performance.now();
      logits.set(await classifier.classify(batch.samples, batch.labels.length), batch.start * classes);
      spent += performance.now() - began;
      bar.update(batch.start + batch.labels.length);
    }
  } finally {
    bar.stop();
    await classifier.dispose();
  }
  const labels = Int32Array.from(samples, ({ label }) => label);
  const threshold = manifest.known?.threshold ?? USUAL_THRESHOLD;
  const unknown = manifest.classes.findIndex(({ id }) => id === input.unknown);
  const kinds = { words: wordsOf(manifest), unknown };
  const accepted = acceptance(softmax(logits, temperature, classes), labels, kinds, classes, threshold);
  const { words, others } = accepted;
  return {
    ...{ manifest, device, logits, labels, unit: "recordings" },
    items: samples.map(({ path }) => path),
    kept: words[1] > 0 ? wilson(...words) : undefined,
    msPerItem: spent / samples.length,
    more: () => ({
      threshold,
      wordsAccepted: words[1] > 0 ? words[0] / words[1] : undefined,
      unknownAccepted: others && others[0] / others[1],
    }),
  };
}
