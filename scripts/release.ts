/** npm run release: a release of a training run, unless it is worse than the one that is served. */

import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { NacreError } from "../engine/errors.ts";
import { Rng } from "../engine/random.ts";
import { readManifest } from "../engine/release/load.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import { nodeRuntime } from "../engine/runtime/node.ts";
import { softmax } from "../engine/train/calibration.ts";
import { type Estimate, measure } from "../engine/train/metrics.ts";
import { BEST } from "../engine/train/run.ts";
import { readWeights } from "../engine/train/weightsFile.ts";
import { listReleases } from "../lib/server/releases.ts";
import { chooseVersion } from "../lib/server/served.ts";
import { command, run, wholeNumber } from "./command.ts";
import { measureOf } from "./evaluating/index.ts";
import { type RunRecord, readRun } from "./run.ts";
import { modelsFolder, publishRelease } from "./tasks.ts";
import { KINDS } from "./training/index.ts";
import type { Prepared, ReleaseWishes } from "./training/kind.ts";

interface Options extends ReleaseWishes {
  readonly evenIfWorse?: true;
  readonly threads?: number;
}

const repository = dirname(import.meta.dirname);

const program = command("release", "Makes a release of a training run, and serves it.", [
  "npm run release -- runs/my-birds-resnet50",
  "npm run release -- runs/my-birds-resnet50 --even-if-worse",
  "npm run release -- runs/my-birds-resnet50 --blend resnet50-imagenet.safetensors --size 224",
])
  .argument("<run>", "the folder that training printed")
  .option("--even-if-worse", "keep it although the one that is served is right on more of the test")
  .option(
    "--blend <file>",
    "of pictures: blend in the weights that training came from, named as for its --init, as far as val gains by it; it can help with pictures unlike those of training",
  )
  .option(
    "--ensemble <run>",
    "of pictures: let the network of another run on the same data answer along, as far as val gains by it; most exact where the two networks differ",
  )
  .option(
    "--recall <weight>",
    "of pictures: let the classes that the first weights were made for answer along, ImageNet's say, at such a weight beside the networks' own answer, such as 1; it helps with pictures unlike those of training, and costs a little with those like them",
    weight,
  )
  .option(
    "--size <pixels>",
    "of pictures: side at which they are looked at, a multiple of 32; larger is slower and often more exact (default: as at the end of training)",
    wholeNumber(32),
  )
  .option("--threads <n>", "threads of the network (default: as in training)", wholeNumber(1))
  .action(release);

await run(program);

async function release(
  named: string,
  { evenIfWorse, threads, blend, ensemble, recall, size }: Options,
): Promise<void> {
  const folder = resolve(named);
  const record = await readRun(folder);
  if ((blend ?? ensemble ?? recall ?? size) !== undefined && (record.kind ?? "image") !== "image")
    throw new NacreError(
      "usage",
      "--blend, --ensemble, --recall and --size are for pictures. Leave them out.",
    );
  if (size !== undefined && size % 32 !== 0)
    throw new NacreError("usage", `--size ${size} is no multiple of 32. Try ${32 * Math.round(size / 32)}.`);
  const wishes = { blend: blend && resolve(blend), ensemble: ensemble && resolve(ensemble), recall, size };
  const prepared = await prepare(folder, record);
  const weights = await readWeights(join(folder, BEST));
  // The app's own code looks for models, and for what is served, from the repository's root folder.
  process.chdir(repository);

  const { task } = record;
  const served = (await listReleases(task)).filter(({ isServed }) => isServed);
  const runtime = nodeRuntime({
    ...{ threads: threads ?? record.threads, providers: [record.device], spinning: false },
  });
  const made = await prepared.release(weights, runtime, Math.max(1, Math.min(4, record.threads - 1)), wishes);
  const manifest = await readManifest(made);
  const rival = served.find((release) => release.manifest.variant === manifest.variant);
  if (rival && !evenIfWorse) {
    await expectNoWorse(record, prepared, manifest, rival.manifest).catch(async (error) => {
      await rm(made, { recursive: true });
      throw error;
    });
  }
  const published = await publishRelease(made);
  await chooseVersion(repository, task, manifest.variant, undefined); // the newest
  console.log(published);
}

/** The run's data and settings. Throws NacreError("input") where the data are not what it was trained on. */
async function prepare(folder: string, record: RunRecord): Promise<Prepared> {
  const { task, kind = "image", data, config, init, without, text, label, corrections, strangers } = record;
  const { seed, freeze, network } = config;
  const prepared = await KINDS[kind]!.prepare(
    { task, data, network, seed, freeze, init, without, text, label, corrections, strangers },
    record,
  );
  if (prepared.fingerprint === record.fingerprint) return prepared;
  throw new NacreError(
    "input",
    `${data} has changed since the run in ${folder} began, so that its test would not be the same. Restore it, or train again.`,
  );
}

/** Throws NacreError("usage") where a release is right on less of the run's test than the one that is served. */
async function expectNoWorse(
  record: RunRecord,
  { reported }: Prepared,
  made: Manifest,
  rival: Manifest,
): Promise<void> {
  const { task, kind = "image", data, config, text, label } = record;
  const { seed } = config;
  const all = "Keep it all the same with --even-if-worse.";
  const names = ({ classes }: Manifest) =>
    classes
      .map(({ id }) => id)
      .sort()
      .join();
  if (names(made) !== names(rival))
    throw new NacreError(
      "usage",
      `${made.version} tells other classes apart than ${rival.version}, which is served; no test fits both. ${all}`,
    );
  const folder = join(modelsFolder(), task, "releases", rival.version);
  const split = made.metrics.split === "val" ? "val" : "test";
  const { logits, labels } = await measureOf(kind)({
    ...{ folder, task, data, split, seed, text, label, texts: reported, graph: "wasm" },
  });
  const classes = rival.classes.length;
  const answers = softmax(logits, rival.temperature, classes);
  const { top1 } = measure(answers, labels, classes, new Rng(seed).fork("bootstrap"));
  const figures = `${percent(made.metrics.top1)} against ${percent(top1)} of ${labels.length} in ${split}`;
  if (made.metrics.top1.value < top1.value)
    throw new NacreError(
      "usage",
      `${made.version} is worse than ${rival.version}, which is served: right on ${figures}. ${all}`,
    );
  console.error(`No worse than ${rival.version}, which was served: right on ${figures}.`);
}

/** Reads the weight of --recall. */
function weight(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 10) return value;
  throw new InvalidArgumentError("It is a number above 0 and up to 10, such as 1.");
}

function percent({ value, low, high }: Estimate): string {
  return `${(100 * value).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
}
