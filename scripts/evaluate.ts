/** npm run evaluate: how good a release is on labelled pictures. */

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Option } from "commander";
import { evaluationBatches } from "../engine/data/evaluation.ts";
import { type ImageFolder, type SplitName, scanImageFolder } from "../engine/data/folder.ts";
import type { Sample } from "../engine/data/sample.ts";
import { trainingSplits } from "../engine/data/split.ts";
import { NacreError } from "../engine/errors.ts";
import { Rng } from "../engine/random.ts";
import { isKnown } from "../engine/release/known.ts";
import type { Classifier } from "../engine/release/load.ts";
import { findClass, type TaskClass } from "../engine/task.ts";
import { softmax } from "../engine/train/calibration.ts";
import { type Estimate, measure, wilson } from "../engine/train/metrics.ts";
import { command, run, wholeNumber } from "./command.ts";
import { progress } from "./progress.ts";
import { record, report } from "./report.ts";
import { openRelease, readTask } from "./tasks.ts";

interface Options {
  readonly data?: string;
  readonly split: SplitName | "all";
  readonly model?: string;
  readonly graph: "wasm" | "webgpu";
  readonly threads?: number;
  readonly seed: number;
  readonly json?: true;
}

/** Pictures per run of the network. */
const batchSize = 16;

const program = command("evaluate", "Measures a release on labelled pictures.", [
  "npm run -s evaluate -- instruments --data ~/pictures/instruments",
  "npm run -s evaluate -- instruments --data ~/band-photos --split all --model light",
  "npm run -s evaluate -- instruments --data ~/pictures/instruments --json | tail -n 1 | jq .top1",
])
  .argument("<task>", "a folder of models/")
  .option("--data <folder>", "pictures as {train,val,test}/<class>/ or <class>/ (default: data/<task>)")
  .addOption(
    new Option(
      "--split <part>",
      "which pictures; of plain <class>/ folders a seeded 10 % are val and test each",
    )
      .choices(["test", "val", "train", "all"])
      .default("test"),
  )
  .option("--model <folder|variant>", "a release's folder, version or variant (default: the newest standard)")
  .addOption(
    new Option("--graph <name>", "which of the release's graphs").choices(["wasm", "webgpu"]).default("wasm"),
  )
  .option("--threads <n>", "threads of the network (default: one per core)", wholeNumber(1))
  .option("--seed <n>", "of the split and the bootstrap", wholeNumber(0), 1)
  .option("--json", "print one JSON object instead of the report")
  .action(evaluate);

await run(program);

async function evaluate(id: string, options: Options): Promise<void> {
  const { data = join("data", id), split, model, graph, threads, seed } = options;
  const classifier = await openRelease(id, model, { graph, threads });
  const { manifest, device } = classifier;
  const classes = (await readTask(id))?.classes ?? manifest.classes;
  const rng = new Rng(seed);
  const folder = await scan(data, manifest.classes, classes);
  const samples = choose(folder, split, rng);
  const { logits, kept, msPerItem } = await classifyAll(classifier, samples);
  const labels = Int32Array.from(samples, ({ label }) => label);
  const probabilities = softmax(logits, manifest.temperature, manifest.classes.length);
  const metrics = measure(probabilities, labels, manifest.classes.length, rng.fork("bootstrap"));
  const evaluation = { manifest, device, data, split, metrics, kept, msPerItem };
  console.log(options.json ? JSON.stringify(record(evaluation)) : report(evaluation));
  await classifier.dispose();
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

/** The samples of a split; where the folder has no splits of its own, those that training with this seed left out. */
function choose(folder: ImageFolder, split: Options["split"], rng: Rng): readonly Sample[] {
  const { splits, directory } = folder;
  if (split === "all") return Object.values(splits).flat();
  const samples = splits.all ? trainingSplits(folder, rng)[split] : (splits[split] ?? []);
  if (samples.length > 0) return samples;
  const present = Object.keys(splits).join(", ");
  throw new NacreError(
    "input",
    `${directory} has no ${split} pictures. Choose with --split: ${present}, all.`,
  );
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
