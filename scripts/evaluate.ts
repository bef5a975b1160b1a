/** npm run evaluate: how good a release is on labelled examples. */

import { dirname, join } from "node:path";
import { Option } from "commander";
import type { SplitName } from "../engine/data/folder.ts";
import { Rng } from "../engine/random.ts";
import { softmax } from "../engine/train/calibration.ts";
import { measure } from "../engine/train/metrics.ts";
import { keepConfusions } from "../lib/server/confusions/keep.ts";
import { command, run, wholeNumber } from "./command.ts";
import { measureOf } from "./evaluating/index.ts";
import { record, report } from "./report.ts";
import { findRelease, readOwnManifest } from "./tasks.ts";

interface Options {
  readonly data?: string;
  readonly text?: string;
  readonly label?: string;
  readonly split: SplitName | "all";
  readonly model?: string;
  readonly graph: "wasm" | "webgpu";
  readonly threads?: number;
  readonly seed: number;
  readonly json?: true;
}

const program = command("evaluate", "Measures a release on labelled pictures, recordings or texts.", [
  "npm run -s evaluate -- instruments --data ~/pictures/instruments",
  "npm run -s evaluate -- instruments --data ~/band-photos --split all --model light",
  "npm run -s evaluate -- instruments --data ~/pictures/instruments --json | tail -n 1 | jq .top1",
])
  .argument("<task>", "a folder of models/")
  .option(
    "--data <folder>",
    "pictures or recordings as {train,val,test}/<class>/ or <class>/, or tables of texts (default: data/<task>)",
  )
  .option("--text <column>", "of a table: which column holds the texts (default: text)")
  .option("--label <column>", "of a table: which column holds the labels (default: label)")
  .addOption(
    new Option(
      "--split <part>",
      "which pictures; of plain <class>/ folders a seeded 10 % are val and test each",
    )
      .choices(["test", "val", "train", "all"])
      .default("test"),
  )
  .option(
    "--model <folder|variant>",
    "a release's folder, version or variant (default: the standard one that the app serves)",
  )
  .addOption(
    new Option("--graph <name>", "which of the release's graphs").choices(["wasm", "webgpu"]).default("wasm"),
  )
  .option("--threads <n>", "threads of the network (default: one per core)", wholeNumber(1))
  .option("--seed <n>", "of the split and the bootstrap", wholeNumber(0), 1)
  .option("--json", "print one JSON object instead of the report")
  .action(evaluate);

await run(program);

async function evaluate(id: string, options: Options): Promise<void> {
  const { data = join("data", id), split, seed } = options;
  const folder = await findRelease(id, options.model);
  const { input } = await readOwnManifest(id, folder);
  const measured = await measureOf(input.kind)({ ...options, folder, task: id, data });
  const { manifest, logits, labels, unit, more } = measured;
  const classes = manifest.classes.length;
  const probabilities = softmax(logits, manifest.temperature, classes);
  const metrics = measure(probabilities, labels, classes, new Rng(seed).fork("bootstrap"));
  const evaluation = { ...measured, data, split, metrics, more: more?.(probabilities) };
  console.log(options.json ? JSON.stringify(record(evaluation)) : report(evaluation));
  await keepConfusions(dirname(import.meta.dirname), { ...measured, data, split, probabilities }).then(
    () => console.error(`/models/${id} shows the server's owner which ${unit} were confused.`),
    // The figures hold whether or not a page can show more of them.
    (error: Error) => console.error(error.message),
  );
}
