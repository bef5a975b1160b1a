/** npm run bench: how fast training, inference and the server are, beside others where there are any. */

import { InvalidArgumentError, Option } from "commander";
import { NETWORKS } from "../engine/networks/index.ts";
import { sequenceReport } from "./bench/sequence-record.ts";
import { benchTrain } from "./bench/train.ts";
import { trainingReport } from "./bench/train-record.ts";
import { benchSequences } from "./bench/train-sequences.ts";
import { command, run, wholeNumber } from "./command.ts";
import { type Progress, progress } from "./progress.ts";

interface TrainOptions {
  readonly network: string;
  readonly batch?: readonly number[];
  readonly size: number;
  readonly length?: readonly number[];
  readonly threads?: number;
  readonly minutes: number;
  readonly json?: true;
}

interface InferOptions {
  readonly task?: string;
  readonly minutes: number;
  readonly json?: true;
}

interface ServeOptions {
  readonly concurrency: readonly number[];
  readonly seconds: number;
  readonly json?: true;
}

const program = command("bench", "Measures speed, beside others on the same work in the same minutes.", [
  "npm run -s bench -- train",
  "npm run -s bench -- train --json | jq .ratioToPyTorch",
  "npm run -s bench -- train --network lstm",
  "npm run -s bench -- infer --task instruments",
  "npm run -s bench -- serve --concurrency 1,16",
]);

program
  .command("train")
  .description("training steps, in alternation with PyTorch where /usr/bin/python3 has torch")
  .addOption(
    new Option("--network <name>", "which network")
      .choices([...Object.keys(NETWORKS), "lstm", "gru"])
      .default("resnet50"),
  )
  .option(
    "--batch <sizes>",
    "examples a step, separated by commas (default: 8,32; for sequences 64)",
    wholeNumbers,
  )
  .option("--size <pixels>", "side of the pictures", wholeNumber(32), 128)
  .option("--length <steps>", "tokens of a text, or frames of a sound (default: 32,128; 25,98)", wholeNumbers)
  .option("--threads <n>", "threads for each (default: 2; for sequences 1 and then 2)", wholeNumber(1))
  .option("--minutes <n>", "about how long to measure", minutes, 7)
  .option("--json", "print one JSON object instead of the report")
  .action(async ({ json, ...options }: TrainOptions) => console.log(await train(options, json)));

program
  .command("infer")
  .description(
    "releases in Node, in headless Chromium in alternation with TensorFlow.js, and on the app's page",
  )
  .option("--task <name>", "whose releases (default: those of all tasks)")
  .option("--minutes <n>", "about how long to measure", minutes, 6)
  .option("--json", "print one JSON object instead of the report")
  .action(async ({ json, ...options }: InferOptions) => {
    // Here and not above, because a browser's driver and a bundler come along.
    const { benchInfer } = await import("./bench/infer.ts");
    const { inferenceReport } = await import("./bench/infer-record.ts");
    const record = await watched((report) => benchInfer({ ...options, report }));
    console.log(json ? JSON.stringify(record) : inferenceReport(record));
  });

program
  .command("serve")
  .description(
    "what programs wait for that ask the app: predictions on the server, by inputs and concurrency",
  )
  .option("--concurrency <numbers>", "requests at once, separated by commas", wholeNumbers, [1, 4, 16])
  .option("--seconds <n>", "how long to ask in each way", wholeNumber(1), 10)
  .option("--json", "print one JSON object instead of the report")
  .action(async ({ json, ...options }: ServeOptions) => {
    // Here and not above, because a load generator and the app's build come along.
    const { benchServe } = await import("./bench/serve-load.ts");
    const { servingReport } = await import("./bench/serve-record.ts");
    const record = await watched((report) => benchServe({ ...options, report }));
    console.log(json ? JSON.stringify(record) : servingReport(record));
  });

await run(program);

/** The defaults differ by what is trained. */
async function train({ network, batch, length, threads, size, minutes }: TrainOptions, json?: true) {
  if (network === "lstm" || network === "gru") {
    const record = await watched((report) =>
      benchSequences({
        ...{ network, minutes, report, batches: batch ?? [64] },
        lengths: length ?? (network === "lstm" ? [32, 128] : [25, 98]),
        threads: threads === undefined ? [1, 2] : [threads],
      }),
    );
    return json ? JSON.stringify(record) : sequenceReport(record);
  }
  const record = await watched((report) =>
    benchTrain({ network, size, minutes, report, batches: batch ?? [8, 32], threads: threads ?? 2 }),
  );
  return json ? JSON.stringify(record) : trainingReport(record);
}

/** Shows a bar for each stage of a measurement. */
async function watched<Result>(
  measure: (report: (stage: string, done: number, of: number) => void) => Promise<Result>,
): Promise<Result> {
  let bar: Progress | undefined;
  let current = "";
  try {
    return await measure((stage, done, of) => {
      if (stage !== current) {
        bar?.stop();
        bar = progress(of, `rounds, ${stage}`);
        current = stage;
      }
      bar!.update(done);
    });
  } finally {
    bar?.stop();
  }
}

function wholeNumbers(text: string): number[] {
  return text.split(",").map(wholeNumber(1));
}

function minutes(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new InvalidArgumentError("It must be a number above 0.");
}
