/** Training on folders of recordings. */

import { RATE } from "../../engine/data/audio/resample.ts";
import { readRecording } from "../../engine/data/readRecording.ts";
import type { Sample } from "../../engine/data/sample.ts";
import { type SoundFolder, scanSoundFolder } from "../../engine/data/soundFolder.ts";
import { type Splits, trainingSplits } from "../../engine/data/split.ts";
import { Rng } from "../../engine/random.ts";
import { buildSoundRelease } from "../../engine/release/buildSound.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { Runtime } from "../../engine/runtime/runtime.ts";
import { findClass, type Name, type TaskClass } from "../../engine/task.ts";
import { parseConfig } from "../../engine/train/config.ts";
import { type SoundConfig, soundSchema } from "../../engine/train/soundConfig.ts";
import { soundCurriculum } from "../../engine/train/soundCurriculum.ts";
import { soundRecipe } from "../../engine/train/soundRecipe.ts";
import { train } from "../../engine/train/train.ts";
import type { Weights } from "../../engine/train/weights.ts";
import { asSpoken, classesOf } from "../folder-classes.ts";
import { type Progress, progress } from "../progress.ts";
import type { RunRecord } from "../run.ts";
import { nextRelease, readTask } from "../tasks.ts";
import { readChanges } from "../training-config.ts";
import { begunWith, counted, fingerprintWith, remembered } from "./corrections.ts";
import type { Prepared, Wishes } from "./kind.ts";
import { type SoundStart, startingSoundWeights } from "./starting-sounds.ts";

/** Memory for decoded recordings: some ten thousand seconds. */
const CACHE_BYTES = 6e8;

/** What folders of other words and of background are called; a task's own classes bear these ids. */
const UNKNOWN = "unknown";
const SILENCE = "silence";
const FOLDERS: Readonly<Record<string, string>> = {
  _unknown_: UNKNOWN,
  _background_noise_: SILENCE,
  _silence_: SILENCE,
};

/** Recordings of a task, understood. */
interface SoundData {
  readonly title: Name;
  readonly classes: readonly TaskClass[];
  readonly folder: SoundFolder;
  /** Corrections are at the end of train. */
  readonly splits: Splits;
  /** Their paths. */
  readonly corrected: readonly string[];
}

/** Prepares a run on `{train,val,test}/<word>/` or `<word>/` folders of recordings, as `Prepare` says. */
export async function prepareSounds(wishes: Wishes, earlier?: RunRecord): Promise<Prepared> {
  const { task, data, network, seed, init: from, corrections } = wishes;
  const { title, classes, folder, splits, corrected } = await readSounds(wishes);
  const few = splits.train.length < ENOUGH;
  const wanted = { task, network, classes, init: from, few, seed };
  const start: Pick<SoundStart, "from" | "licence" | "trained"> & Partial<SoundStart> = earlier
    ? { from: earlier.init, licence: earlier.licence, trained: true }
    : await startingSoundWeights(wanted);
  const config = earlier
    ? parseConfig(soundSchema, earlier.config, "The run")
    : await soundConfig(wishes, splits.train, start.trained);
  const found = await fingerprintWith(
    data,
    [...[...splits.train, ...splits.val].map(({ path }) => path), ...folder.noises],
    [{ folder: corrections?.folder, paths: corrected }],
  );
  const silent = classes.findIndex(({ id }) => id === SILENCE);
  const others = classes.findIndex(({ id }) => id === UNKNOWN);
  const background = (samples: readonly Sample[]) =>
    samples.filter(({ label }) => label === silent).map(({ path }) => path);
  const { licence } = start;
  return {
    ...{ config, classes, licence, fingerprint: found, init: start.from },
    corrections: remembered(corrections, corrected),
    epochs: config.epochs,
    unit: "recordings",
    summary: `${splits.train.length} recordings of ${classes.length} classes (val ${splits.val.length}, test ${splits.test.length})${counted(corrections, corrected.length)}`,
    async train({ workers, ...options }) {
      const run = {
        ...options,
        ...{ config, fingerprint: found, train: splits.train, val: splits.val, workers },
        weights: async () => start.weights ?? (await startingSoundWeights(wanted)).weights,
        classes: classes.length,
        others: others < 0 ? undefined : others,
        silence: silent < 0 ? undefined : silent,
        noises: [...folder.noises, ...background(splits.train)],
        cacheBytes: CACHE_BYTES,
      };
      return train(soundCurriculum(run), run);
    },
    release: (weights, runtime) =>
      releaseSounds({
        ...{ task, title, classes, licence, config, splits, corrected, folder, background, weights, runtime },
      }),
  };
}

/** From so many recordings on a network learns better from nothing than from what another has heard. */
const ENOUGH = 2_000;

async function readSounds({ task, data, seed, corrections }: Wishes): Promise<SoundData> {
  const known = await readTask(task);
  const named = (name: string) => FOLDERS[name.toLowerCase()] ?? name;
  const classes = known?.classes ?? classesOf((await scanSoundFolder(data, { aliases: named })).classes);
  const scan = (directory: string) =>
    scanSoundFolder(directory, {
      classes: classes.map(({ id }) => id),
      aliases: (name) => classes[findClass(classes, named(name))]?.id,
    });
  const folder = await scan(data);
  const corrected = corrections
    ? begunWith(corrections, Object.values((await scan(corrections.folder)).splits).flat())
    : [];
  const splits = trainingSplits(folder, new Rng(seed));
  const title = known?.title ?? { en: asSpoken(task), zh: asSpoken(task) };
  return {
    ...{ title, classes, folder },
    splits: { ...splits, train: [...splits.train, ...corrected] },
    corrected: corrected.map(({ path }) => path),
  };
}

/** The recipe for these recordings with what the person wants otherwise. */
async function soundConfig(
  wishes: Wishes,
  samples: readonly Sample[],
  trained: boolean,
): Promise<SoundConfig> {
  const { network, seed, freeze, epochs, config: file } = wishes;
  const recipe = soundRecipe(samples.length, { rate: RATE, length: await clipLength(samples) }, trained);
  const changes = file === undefined ? {} : await readChanges(file);
  const wished = epochs === undefined ? {} : { epochs };
  const config = { ...recipe, freeze, ...changes, ...wished, network, seed };
  return parseConfig(soundSchema, config, file ?? "The options");
}

/** Clips are as long as nearly all recordings, in half seconds; shorter ones are too short for words, longer for listening. */
const SHORTEST = 1;
const LONGEST = 3;
const LOOKED_AT = 200;

/** Samples in a clip into which all but the longest twentieth of the recordings fit. */
async function clipLength(samples: readonly Sample[]): Promise<number> {
  const order = [...new Rng(1).permutation(samples.length)].slice(0, LOOKED_AT);
  const seconds: number[] = [];
  for (const i of order) seconds.push((await readRecording(samples[i]!.path, RATE)).length / RATE);
  const most = seconds.sort((a, b) => a - b)[Math.floor(0.95 * (seconds.length - 1))]!;
  return Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(2 * most - 0.05) / 2)) * RATE;
}

/** What a classifier of recordings is released from. */
interface Material extends SoundData {
  readonly task: string;
  readonly licence: Manifest["licence"];
  readonly config: SoundConfig;
  /** The recordings among some in which nothing is said. */
  readonly background: (samples: readonly Sample[]) => string[];
  readonly weights: Weights;
  readonly runtime: Runtime;
}

/** Makes the next release of the task and returns its folder. */
async function releaseSounds(material: Material): Promise<string> {
  const { task, title, licence, config, splits, folder: data, background, weights, runtime } = material;
  const variant = "standard";
  const { folder, version } = await nextRelease(task, variant);
  const classes = material.classes.map(({ id, en, zh }) => ({ id, en, zh }));
  const has = (id: string) => (classes.some((one) => one.id === id) ? id : undefined);
  const { rate, length: samples } = config.input;
  const val = { samples: splits.val, noises: [...data.noises, ...background(splits.val)] };
  const test =
    splits.test.length > 0
      ? { split: "test", samples: splits.test, noises: [...data.heldOutNoises, ...background(splits.test)] }
      : { split: "val", ...val };
  let stage: { name: string; bar: Progress } | undefined;
  try {
    const { metrics } = await buildSoundRelease({
      folder,
      about: {
        ...{ task, version, variant, network: config.network, title, classes, licence },
        input: { kind: "sound", rate, samples, unknown: has(UNKNOWN), silence: has(SILENCE) },
      },
      ...{ weights, val, test, runtime, seed: config.seed },
      report(name, done, of) {
        if (stage?.name !== name) {
          stage?.bar.stop();
          console.error(`${name} …`);
          stage = { name, bar: progress(of, "recordings") };
        }
        stage.bar.update(done);
      },
    });
    stage?.bar.stop();
    console.error(
      `Released ${version}. ${(100 * metrics.top1.value).toFixed(1)} % of ${test.split} are right.`,
    );
  } finally {
    stage?.bar.stop();
  }
  return folder;
}
