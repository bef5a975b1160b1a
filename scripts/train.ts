/** npm run train: a classifier from examples, as a release that the app serves. */

import { availableParallelism } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { Option } from "commander";
import { NacreError } from "../engine/errors.ts";
import { NETWORKS } from "../engine/networks/index.ts";
import { DEVICES, type Device, expectDevice } from "../engine/runtime/device.ts";
import { nodeRuntime } from "../engine/runtime/node.ts";
import type { InputKind } from "../engine/task.ts";
import { correctionsFolder } from "../lib/server/corrections/accepted.ts";
import { command, run, wholeNumber } from "./command.ts";
import { holdsRun, RunLog, type RunRecord, readRun, writeRun } from "./run.ts";
import { stoppable } from "./stopping.ts";
import { expectTaskName, listTasks, publishRelease } from "./tasks.ts";
import { KINDS } from "./training/index.ts";
import { kindOf, type Prepared } from "./training/kind.ts";

interface Options {
  readonly data?: string;
  readonly text?: string;
  readonly label?: string;
  readonly without?: string;
  /** True for those that this server's owner has accepted. */
  readonly withCorrections?: string | true;
  readonly strangers?: string;
  readonly init?: string;
  readonly out?: string;
  readonly resume?: string;
  readonly epochs?: number;
  readonly seed: number;
  readonly threads?: number;
  readonly device: Device;
  readonly network?: string;
  readonly freeze: readonly string[];
  readonly config?: string;
  readonly checkpointEvery: number;
  readonly release: boolean;
  readonly check?: true;
}

/** Where the app keeps its data, unless NACRE_DATA says otherwise. */
const repository = dirname(import.meta.dirname);

const program = command(
  "train",
  "Trains a classifier on folders of pictures or recordings, or on tables of texts, and releases it into models/.",
  [
    "npm run train -- my-birds --data ~/birds",
    "npm run train -- my-birds --data ~/birds --network mobilenetv2 --epochs 20",
    "npm run train -- my-birds --data ~/birds --freeze backbone",
    "npm run train -- my-words --data ~/words",
    "npm run train -- my-reviews --data reviews.csv --text review --label stars",
    "npm run train -- my-birds --resume runs/my-birds-resnet50",
  ],
)
  .argument("<task>", "what the classifier is called: lower-case letters, digits and hyphens")
  .option(
    "--data <folder>",
    "pictures or WAV recordings as {train,val,test}/<class>/ or <class>/, or a table of texts (default: data/<task>)",
  )
  .option("--text <column>", "of a table: which column holds the texts (default: text)")
  .option("--label <column>", "of a table: which column holds the labels (default: label)")
  .option(
    "--without <report>",
    "what doctor --json printed: leave out of train and val what looks wrongly labelled to it",
  )
  .option(
    "--with-corrections [folder]",
    "learn from corrections, too: a folder as /corrections exports it (default: those accepted on this server)",
  )
  .option(
    "--strangers <folder>",
    "pictures of other things, in any folders: learn to say that they are none of the classes",
  )
  .option(
    "--init <file>",
    'weights to start from: .safetensors, the folder of a run, or of pictures .onnx; for recordings also the folder of a release, or "nothing" (default: the best fitting release)',
  )
  .option("--out <folder>", "where checkpoints and the record go (default: runs/<task>-<network>)")
  .addOption(
    new Option("--resume <folder>", "go on with the run in this folder, with its own settings").conflicts([
      "without",
      "withCorrections",
      "strangers",
      "init",
      "out",
      "epochs",
      "seed",
      "network",
      "freeze",
      "config",
      "device",
    ]),
  )
  .option(
    "--epochs <n>",
    "how often each example is seen (default: as the network's recipe says)",
    wholeNumber(1),
  )
  .option("--seed <n>", "of everything that is random", wholeNumber(0), 1)
  .option("--threads <n>", "threads of the network (default: one per core)", wholeNumber(1))
  .addOption(new Option("--device <name>", "what computes").choices(DEVICES).default("cpu"))
  .addOption(
    new Option(
      "--network <name>",
      "of pictures: resnet50 is exact and the default, mobilenetv2 small and quick",
    ).choices(Object.keys(NETWORKS)),
  )
  .option(
    "--freeze <parts...>",
    'parts that stay as they are: stages ("conv1 bn1 layer1"), or "backbone" to train the head alone, in seconds, on features computed once',
    [],
  )
  .option(
    "--config <file>",
    "JSON with what should differ from the recipe: fields of engine/train/config.ts, and of pictureConfig.ts, soundConfig.ts or textConfig.ts beside it",
  )
  .option("--checkpoint-every <seconds>", "how much may be lost when the power fails", wholeNumber(0), 240)
  .option("--no-release", "stop after training; make no release")
  .addOption(
    new Option("--check", "look at the data, say as JSON what would be trained, and stop").conflicts(
      "resume",
    ),
  )
  .action(main);

await run(program);

/** A run that can be made. */
interface Plan {
  readonly folder: string;
  readonly record: RunRecord;
  readonly prepared: Prepared;
}

async function main(task: string, options: Options): Promise<void> {
  const { folder, record, prepared } = await (options.resume === undefined
    ? begin(task, options)
    : goOn(task, options.resume, options));
  if (options.check) return console.log(JSON.stringify(await outlook(task, record, prepared)));
  if (options.resume === undefined) await writeRun(folder, record);
  const { device } = record;
  const threads = options.threads ?? record.threads;
  const runtime = nodeRuntime({ threads, providers: [device], spinning: false });
  const workers = Math.max(1, Math.min(4, threads - 1));
  const log = new RunLog(folder, prepared);
  const { best, weights } = await stoppable((signal) => {
    console.error(`${prepared.config.network} on ${prepared.summary}, from ${prepared.init}, into ${folder}`);
    return prepared.train({
      ...{ runtime, workers, signal, directory: folder },
      checkpointEvery: 1000 * options.checkpointEvery,
      report: (event) => log.event(event),
    });
  })
    .catch((error) => {
      log.failed(error);
      if (!(error instanceof NacreError && error.code === "interrupted")) throw error;
      const next = `npm run train -- ${task} --resume ${shown(folder)}`;
      throw new NacreError("interrupted", `Stopped; nothing is lost. Go on with: ${next}`, { cause: error });
    })
    .finally(() => log.end());
  log.finished();
  console.error(`Best on val: ${(100 * best.top1).toFixed(1)} % in epoch ${best.epoch + 1}.`);
  if (options.release) console.log(await publishRelease(await prepared.release(weights, runtime, workers)));
}

/** A new run, of which nothing is written yet. */
async function begin(task: string, options: Options): Promise<Plan> {
  expectTaskName(task);
  const { device, threads = availableParallelism(), text, label, withCorrections } = options;
  const data = resolve(options.data ?? join("data", task));
  const kind = await kindOf(task, data);
  const { network: usual, prepare } = trainingOf(kind);
  const { network = usual } = options;
  const folder = resolve(options.out ?? join("runs", `${task}-${network}`));
  if (!options.check && holdsRun(folder))
    throw new NacreError(
      "usage",
      `${folder} holds a run already. Go on with it by --resume ${shown(folder)}, or name another folder by --out.`,
    );
  await expectDevice(device);
  const without = options.without && resolve(options.without);
  const strangers = options.strangers && resolve(options.strangers);
  if (strangers !== undefined && kind !== "image")
    throw new NacreError("usage", "--strangers are pictures. Leave it out for recordings and texts.");
  const accepted = withCorrections === true ? correctionsFolder(repository, task) : withCorrections;
  const corrections = accepted === undefined ? undefined : { folder: resolve(accepted) };
  const prepared = await prepare({ ...options, task, data, network, without, corrections, strangers });
  const { config, classes, fingerprint, init, licence } = prepared;
  const record: RunRecord = {
    ...{ task, kind, data, without, fingerprint, init, licence, classes, config, threads, device },
    ...{ text, label, corrections: prepared.corrections, strangers },
    started: new Date().toISOString(),
  };
  return { folder, record, prepared };
}

/** What a new run would be, for whoever wants to know before. */
async function outlook(task: string, { kind, config, init }: RunRecord, { epochs, summary }: Prepared) {
  const isNew = !(await listTasks()).includes(task);
  return { kind, network: config.network, isNew, epochs, summary, init };
}

/** The run in a folder. */
async function goOn(task: string, folder: string, options: Options): Promise<Plan> {
  const record = await readRun(folder);
  if (record.task !== task)
    throw new NacreError("usage", `${folder} is a run of the task ${record.task}. Name that task.`);
  await expectDevice(record.device);
  const { kind = "image", config, init, without, text, label, corrections, strangers } = record;
  const data = resolve(options.data ?? record.data);
  const { seed, freeze, network } = config;
  const prepared = await trainingOf(kind).prepare(
    { task, data, network, seed, freeze, init, without, text, label, corrections, strangers },
    record,
  );
  return { folder: resolve(folder), record, prepared };
}

function trainingOf(kind: InputKind): NonNullable<(typeof KINDS)[InputKind]> {
  const known = KINDS[kind];
  if (known) return known;
  throw new NacreError("usage", `Classifiers of ${kind} input cannot be trained by this version.`);
}

/** A folder as a person in this one would write it. */
function shown(folder: string): string {
  return relative(process.cwd(), folder) || ".";
}
