/** npm run predict: what is on pictures, said in recordings, meant by texts. */

import { Option } from "commander";
import { NacreError } from "../engine/errors.ts";
import { csv, json, likeliest, lines } from "../engine/release/answers.ts";
import { command, run, wholeNumber } from "./command.ts";
import { exitCodes } from "./exit.ts";
import { answerOf } from "./predicting/index.ts";
import { progress } from "./progress.ts";
import { findRelease, readOwnManifest } from "./tasks.ts";

interface Options {
  readonly top: number;
  readonly text?: string;
  readonly json?: true;
  readonly csv?: true;
  readonly model?: string;
  readonly graph: "wasm" | "webgpu";
  readonly threads?: number;
}

const program = command(
  "predict",
  "Says what pictures, recordings or texts are: one line for each, the likeliest class first.",
  [
    "npm run -s predict -- instruments photo.jpg",
    "npm run -s predict -- instruments holiday/ --top 1 --csv > answers.csv",
    "npm run -s predict -- instruments holiday/ --json | jq -r '.predictions[0].class'",
    'npm run -s predict -- sentiment "Not good at all." reviews.csv --json',
    "cat photo.jpg | npm run -s predict -- instruments -",
  ],
)
  .argument("<task>", "a folder of models/")
  .argument("<inputs...>", "files, folders (with all below them), texts, or - for stdin")
  .option("--top <k>", "how many classes", wholeNumber(1), 5)
  .option("--text <column>", "of a table: which column holds the texts (default: text)")
  .addOption(new Option("--json", "one JSON object a line").conflicts("csv"))
  .addOption(new Option("--csv", "a table: file,rank,class,probability,known"))
  .option(
    "--model <folder|variant>",
    "a release's folder, version or variant (default: the standard one that the app serves)",
  )
  .addOption(
    new Option("--graph <name>", "which of the release's graphs").choices(["wasm", "webgpu"]).default("wasm"),
  )
  .option("--threads <n>", "threads of the network (default: one per core)", wholeNumber(1))
  .addHelpText(
    "after",
    "\nA file that cannot be used is named on stderr; the others go on, and the exit code is 3.",
  )
  .action(predict);

await run(program);

async function predict(task: string, inputs: readonly string[], options: Options): Promise<void> {
  const folder = await findRelease(task, options.model);
  const { input } = await readOwnManifest(task, folder);
  const format = options.json ? json : options.csv ? csv : lines(input.kind);
  const { manifest, count, unit, opinions } = await answerOf(input.kind)({ ...options, folder, inputs });
  const bar = progress(count ?? 0, unit);
  let done = 0;
  if (format.head) console.log(format.head);
  for await (const some of opinions) {
    for (const { name, answer } of some) {
      bar.clear();
      if (answer instanceof NacreError) {
        process.exitCode = exitCodes.input.code;
        console.error(answer.message);
        if (format.failure) console.log(format.failure(name, answer.message));
      } else {
        const candidates = likeliest(manifest.classes, answer.probabilities, options.top);
        console.log(format.answer(name, { known: answer.known, candidates }));
      }
    }
    done += some.length;
    bar.update(done);
  }
  bar.stop();
}
