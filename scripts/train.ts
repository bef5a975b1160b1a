/** npm run train: a classifier from folders of pictures, as a release that the app serves. */

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { Option } from "commander";
import { fingerprint } from "../engine/data/fingerprint.ts";
import { NacreError } from "../engine/errors.ts";
import { NETWORKS } from "../engine/networks/index.ts";
import { nodeRuntime } from "../engine/runtime/node.ts";
import { epochsOf, type TrainingConfig } from "../engine/train/config.ts";
import { trainHead } from "../engine/train/head.ts";
import { recipeFor } from "../engine/train/recipes.ts";
import { type TrainingEvent, train } from "../engine/train/train.ts";
import { writeWhole } from "../engine/train/writeWhole.ts";
import { command, run, wholeNumber } from "./command.ts";
import { releaseRun } from "./releasing.ts";
import { RunLog, type RunRecord, readRun } from "./run.ts";
import { startingWeights } from "./starting.ts";
import { readTrainingData } from "./training-data.ts";

interface Options {
  readonly data?: string;
  readonly init?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly epochs?: number;
  readonly seed: number;
  readonly threads?: number;
  readonly device: "cpu" | "webgpu" | "cuda";
  readonly network?: string;
  readonly freeze: readonly string[];
  readonly release: boolean;
}

const program = command("train", "Trains a classifier on folders of pictures and releases it into models/.", [
  "npm run train -- my-birds --data ~/birds",
  "npm run train -- instruments --data ~/pictures/instruments --init resnet50.safetensors",
  "npm run train -- my-birds --data ~/birds --network mobilenetv2 --epochs 20",
  "npm run train -- my-birds --resume runs/my-birds-resnet50",
])
  .argument("<task>", "what the classifier is called: lower-case letters, digits and hyphens")
  .option("--data <folder>", "pictures as {train,val,test}/<class>/ or <class>/ (default: data/<task>)")
  .option("--init <file>", "weights to start from, .safetensors or .onnx (default: the best fitting release)")
  .option("--out <folder>", "where checkpoints and the record go (default: runs/<task>-<network>)")
  .option("--resume <folder>", "go on with the run in this folder, with its own settings")
  .option("--epochs <n>", "how often each picture is seen", wholeNumber(1))
  .option("--seed <n>", "of everything that is random", wholeNumber(0), 1)
  .option("--threads <n>", "threads of the network (default: one per core)", wholeNumber(1))
  .addOption(new Option("--device <name>", "what computes").choices(["cpu", "webgpu", "cuda"]).default("cpu"))
  .addOption(
    new Option(
      "--network <name>",
      "resnet50 is exact, mobilenetv2 small and quick (default: resnet50)",
    ).choices(Object.keys(NETWORKS)),
  )
  .option(
    "--freeze <parts...>",
    'parts that stay as they are: stages by name ("conv1 bn1 layer1"), or "backbone" to train the head alone on features computed once',
    [],
  )
  .option("--no-release", "stop after training; make no release")
  .action(main);

/** Memory for decoded pictures: those of a few thousand pictures fit. */
const CACHE_BYTES = 1.2e9;

await run(program);

async function main(task: string, options: Options): Promise<void> {
  if (!/^[a-z][a-z0-9-]*$/.test(task))
    throw new NacreError(
      "usage",
      `"${task}" cannot name a task. Use lower-case letters, digits and hyphens, a letter first.`,
    );
  const resumed = options.resume === undefined ? undefined : await readRun(options.resume);
  if (resumed && resumed.task !== task)
    throw new NacreError(
      "usage",
      `${options.resume} is a run of the task ${resumed.task}. Name that task, or another folder.`,
    );

  const network = resumed?.config.network ?? options.network ?? "resnet50";
  const folder = resolve(options.resume ?? options.out ?? join("runs", `${task}-${network}`));
  const data = resolve(resumed?.data ?? options.data ?? join("data", task));
  const seed = resumed?.config.seed ?? options.seed;
  if (!resumed && existsSync(join(folder, "run.json")))
    throw new NacreError(
      "usage",
      `${folder} holds a run already. Go on with it by --resume ${folder}, or name another folder by --out.`,
    );

  const { title, classes, splits, fit } = await readTrainingData(task, data, seed);
  const files = [...splits.train, ...splits.val].map(({ path }) => path);
  const fingerprinted = await fingerprint(data, files);
  if (resumed && resumed.fingerprint !== fingerprinted)
    throw new NacreError(
      "input",
      `${data} has changed since the run in ${folder} began. Start a new run by --out.`,
    );

  const start = await startingWeights(task, network, classes.length, resumed?.init ?? options.init, seed);
  const config: TrainingConfig = resumed?.config ?? {
    ...recipeFor(network, options.epochs),
    freeze: options.freeze,
    seed,
  };
  const record: RunRecord = resumed ?? {
    task,
    data,
    init: start.from,
    licence: start.licence,
    fingerprint: fingerprinted,
    classes,
    fit,
    config,
    started: new Date().toISOString(),
  };
  await mkdir(folder, { recursive: true });
  if (!resumed) await writeWhole(join(folder, "run.json"), [`${JSON.stringify(record, null, 2)}\n`]);

  const { train: pictures, val, test } = splits;
  console.error(
    `${network} on ${pictures.length} pictures of ${classes.length} classes (val ${val.length}, test ${test.length}), from ${record.init}, into ${folder}`,
  );
  const threads = options.threads ?? availableParallelism();
  const runtime = nodeRuntime({ threads, providers: [options.device], spinning: false });
  const workers = Math.max(1, Math.min(4, threads - 1));
  const log = new RunLog(folder, epochsOf(config));
  const stop = new AbortController();
  const onSignal = () => {
    console.error("Stopping after this step; a checkpoint is being written …");
    stop.abort();
  };
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  const training = {
    config,
    train: splits.train,
    val: splits.val,
    classes: classes.length,
    fit,
    weights: start.weights,
    directory: folder,
    runtime,
    workers,
    cacheBytes: CACHE_BYTES,
    signal: stop.signal,
    report: (event: TrainingEvent) => log.event(event),
  };
  const work = config.freeze.includes("backbone")
    ? trainHead(training, (done, of) => log.features(done, of))
    : train(training);
  const result = await work.finally(() => log.end());
  process.removeListener("SIGINT", onSignal).removeListener("SIGTERM", onSignal);
  console.error(`Best on val: ${(100 * result.best.value).toFixed(1)} % in epoch ${result.best.epoch + 1}.`);
  if (options.release) console.log(await releaseRun(record, title, result.weights, splits, runtime, workers));
}
