/** What training does in one way for pictures and in another for recordings and texts. */

import { readdir } from "node:fs/promises";
import { hasPictureEnding } from "../../engine/data/image/pictureName.ts";
import { isTableName } from "../../engine/data/text/texts.node.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { Runtime } from "../../engine/runtime/runtime.ts";
import type { InputKind, TaskClass } from "../../engine/task.ts";
import type { TrainingConfig } from "../../engine/train/config.ts";
import type { RunOptions, TrainResult } from "../../engine/train/run.ts";
import type { Weights } from "../../engine/train/weights.ts";
import type { SplitTexts } from "../evaluating/kind.ts";
import type { RunRecord } from "../run.ts";
import { readTask } from "../tasks.ts";
import type { ColumnWishes } from "../text-columns.ts";
import type { Corrections } from "./corrections.ts";

/** What a person asks of a training. */
export interface Wishes extends ColumnWishes {
  readonly task: string;
  /** A folder or file, as an absolute path. */
  readonly data: string;
  readonly seed: number;
  /** By its name. */
  readonly network: string;
  readonly epochs?: number;
  readonly freeze: readonly string[];
  /** A JSON file with fields of the kind's configuration. */
  readonly config?: string;
  /** What to start from. */
  readonly init?: string;
  /** The doctor's report whose suspects are left out. */
  readonly without?: string;
  /** Corrections to learn from beside the data. */
  readonly corrections?: Corrections;
  /** A folder with pictures of other things to be in doubt about, as an absolute path. */
  readonly strangers?: string;
}

/** A training whose data were found and understood; nothing is written yet. */
export interface Prepared {
  readonly config: TrainingConfig;
  readonly epochs: number;
  readonly classes: readonly TaskClass[];
  /** Of the data as they are now. */
  readonly fingerprint: string;
  /** The corrections that are among the data, where any were asked for. */
  readonly corrections: Required<Corrections> | undefined;
  /** Where the first weights come from. */
  readonly init: string;
  readonly licence: Manifest["licence"];
  /** What is counted, such as "pictures". */
  readonly unit: string;
  /** The texts that a release reports on: which they are, tables need not say. */
  readonly reported?: SplitTexts;
  /** Such as "9017 pictures of 22 classes (val 495, test 880)". */
  readonly summary: string;
  train(
    options: Omit<RunOptions, "config" | "fingerprint" | "weights"> & { readonly workers: number },
  ): Promise<TrainResult>;
  /** Makes the next release of the task and returns its folder, for `publishRelease`. Only pictures have wishes. */
  release(weights: Weights, runtime: Runtime, workers: number, wishes?: ReleaseWishes): Promise<string>;
}

/** What a person asks of a release of a run on pictures. */
export interface ReleaseWishes {
  /** Weights to blend in as far as val gains by it, named as for `init`. */
  readonly blend?: string;
  /** The folder of another run on the same data, whose network answers along. */
  readonly ensemble?: string;
  /** The weight at which the classes that the first weights were made for answer along, if they do. */
  readonly recall?: number;
  /** Side of the pictures in pixels; that of the last epochs by default. */
  readonly size?: number;
}

/**
 * Prepares a new run, or with `earlier` one that goes on.
 *
 * @throws NacreError("input") on data that cannot be used, ("usage") on wishes that do not fit
 */
export type Prepare = (wishes: Wishes, earlier?: RunRecord) => Promise<Prepared>;

/** What a task is given: what models/ says of it, else what its data look like. */
export async function kindOf(task: string, data: string): Promise<InputKind> {
  const known = await readTask(task);
  if (known) return known.input.kind;
  if (isTableName(data)) return "text";
  const names = (await readdir(data, { recursive: true }).catch(() => [])).filter((name) => !isHidden(name));
  // A list of the pictures beside their folders is no table of texts, and a drawing beside a table no class.
  const example = names.filter(isInFolder).find((name) => isRecording(name) || hasPictureEnding(name));
  if (example) return isRecording(example) ? "sound" : "image";
  return names.some(isTableName) ? "text" : "image";
}

const isHidden = (path: string): boolean => /(^|[\\/])\./.test(path);
const isInFolder = (path: string): boolean => /[\\/]/.test(path);
const isRecording = (path: string): boolean => /\.wav$/i.test(path);
