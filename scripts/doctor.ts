/** npm run doctor: what is amiss with a folder of labelled pictures. */

import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Option } from "commander";
import { scanImageFolder } from "../engine/data/folder.ts";
import { examine } from "../engine/doctor/examine.ts";
import { NacreError } from "../engine/errors.ts";
import { NETWORKS, networkOf } from "../engine/networks/index.ts";
import { nodeRuntime } from "../engine/runtime/node.ts";
import { storageError, writeWhole } from "../engine/train/writeWhole.ts";
import { command, run, wholeNumber } from "./command.ts";
import { page } from "./doctor/page.ts";
import { record } from "./doctor/record.ts";
import { report } from "./doctor/report.ts";
import { embedThumbnails } from "./doctor/thumbnails.ts";
import { type Progress, progress } from "./progress.ts";
import { startingWeights } from "./starting.ts";
import { stoppable } from "./stopping.ts";

interface Options {
  readonly json?: true;
  readonly html?: string;
  readonly top: number;
  readonly network: string;
  readonly init?: string;
  readonly threads?: number;
  readonly seed: number;
}

const program = command(
  "doctor",
  "Looks for what is amiss with labelled pictures: duplicates, wrong labels, unreadable files. Changes nothing.",
  [
    "npm run -s doctor -- ~/birds",
    "npm run -s doctor -- ~/birds --html birds.html",
    "npm run -s doctor -- ~/birds --json | jq -r '.labels.suspects[].file'",
  ],
)
  .argument("<folder>", "pictures as {train,val,test}/<class>/ or <class>/")
  .option("--json", "print one JSON object with everything instead of the report")
  .option("--html <file>", "write a page with the pictures to look at, too")
  .option("--top <n>", "how many of each finding the report lists", wholeNumber(0), 10)
  .addOption(
    new Option("--network <name>", "what looks at the labels: resnet50 is exact, mobilenetv2 quick")
      .choices(Object.keys(NETWORKS))
      .default("resnet50"),
  )
  .option(
    "--init <file>",
    "its weights, .safetensors or .onnx, or a release's folder (default: the best release)",
  )
  .option("--threads <n>", "threads of the network (default: one per core)", wholeNumber(1))
  .option("--seed <n>", "of the folds in which labels are judged", wholeNumber(0), 1)
  .addHelpText("after", "\nFindings are no failure: the exit code is 0 whatever is found.")
  .action((folder: string, options: Options) => stoppable((signal) => main(folder, options, signal)));

await run(program);

async function main(directory: string, options: Options, signal: AbortSignal): Promise<void> {
  const { network: name, init, threads, seed, html, json, top } = options;
  const folder = await scanImageFolder(directory, { foreign: true });
  if (html !== undefined) await expectWritable(html);
  const network = networkOf(name, folder.classes.length);
  const classes = folder.classes.map((id) => ({ id }));
  const { weights, from } = await startingWeights({ task: "", network: name, classes, init, seed });
  console.error(`Labels of ${folder.classes.length} classes are judged by ${name} from ${from}.`);
  const bar = stagedProgress();
  try {
    const diagnosis = await examine(folder, {
      ...{ network, weights, seed, signal },
      runtime: nodeRuntime({ threads, spinning: false }),
      onProgress: (stage, done, of) => bar.update(stage, done, of),
    });
    if (html !== undefined) {
      const pictures = await embedThumbnails(diagnosis, (done, of) => {
        bar.update("thumbnails", done, of);
        if (signal.aborted) throw new NacreError("interrupted", `Stopped before ${html} was written.`);
      });
      await writeWhole(resolve(html), [...page(diagnosis, pictures, resolve(html))]);
    }
    bar.stop();
    console.log(json ? JSON.stringify(record(diagnosis, from)) : report(diagnosis, top));
    if (html !== undefined) console.error(`The pictures are in ${html}.`);
  } finally {
    bar.stop();
  }
}

/** Throws NacreError("storage") now rather than after minutes of work where a file has no folder to be written to. */
async function expectWritable(file: string): Promise<void> {
  await access(dirname(resolve(file)), constants.W_OK).catch((cause) => {
    throw storageError(file, cause);
  });
}

/** A bar for each stage, one after the other. */
function stagedProgress() {
  let bar: Progress | undefined;
  let stage = "";
  const stop = () => bar?.stop();
  const update = (now: string, done: number, of: number) => {
    if (now !== stage) {
      stop();
      bar = progress(of, now);
      stage = now;
    }
    bar?.update(done);
  };
  return { update, stop };
}
