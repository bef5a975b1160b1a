/** Training on folders of pictures. */

import { join } from "node:path";
import type { Sample } from "../../engine/data/sample.ts";
import { NacreError } from "../../engine/errors.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import { parseConfig } from "../../engine/train/config.ts";
import { epochsOf, finalSize, type PictureConfig, pictureSchema } from "../../engine/train/pictureConfig.ts";
import { BEST } from "../../engine/train/run.ts";
import { trainPictures } from "../../engine/train/trainPictures.ts";
import { readWeights } from "../../engine/train/weightsFile.ts";
import { bestBlend } from "../blending.ts";
import { releasePictures } from "../releasing.ts";
import { type RunRecord, readRun } from "../run.ts";
import { type Start, sourceHeadOf, startingWeights } from "../starting.ts";
import { trainingConfig } from "../training-config.ts";
import { readTrainingData } from "../training-data.ts";
import { counted, fingerprintWith, remembered } from "./corrections.ts";
import type { Prepared, Wishes } from "./kind.ts";

/** Memory for decoded pictures: those of a few thousand pictures fit. */
const CACHE_BYTES = 1.2e9;

/** Prepares a run on `{train,val,test}/<class>/` or `<class>/` folders of pictures, as `Prepare` says. */
export async function preparePictures(wishes: Wishes, earlier?: RunRecord): Promise<Prepared> {
  const { task, data, seed, corrections } = wishes;
  const { classes, splits, fit, title, corrected, strangers } = await readTrainingData(task, wishes);
  const config = earlier ? configOf(earlier) : await trainingConfig(wishes, splits.train.length);
  if (strangers.length > 0 && config.freeze.includes("backbone"))
    throw new NacreError("usage", "A head alone learns nothing of --strangers. Leave out --freeze backbone.");
  const starting = () => startingWeights({ task, network: config.network, classes, init: wishes.init, seed });
  // A run that goes on has its weights; those that it began with need not be there any more.
  const start: Pick<Start, "from" | "licence"> & Partial<Start> = earlier
    ? { from: earlier.init, licence: earlier.licence }
    : await starting();
  const paths = (samples: readonly Sample[]) => samples.map(({ path }) => path);
  const found = await fingerprintWith(data, paths([...splits.train, ...splits.val]), [
    { folder: corrections?.folder, paths: corrected },
    { folder: wishes.strangers, paths: paths(strangers) },
  ]);
  const { from: init, licence } = start;
  return {
    ...{ config, classes, init, licence, fingerprint: found },
    corrections: remembered(corrections, corrected),
    epochs: epochsOf(config),
    unit: "pictures",
    summary: `${splits.train.length} pictures of ${classes.length} classes (val ${splits.val.length}, test ${splits.test.length})${counted(corrections, corrected.length)}${strangers.length > 0 ? `, beside ${strangers.length} of other things` : ""}`,
    train: (options) =>
      trainPictures({
        ...options,
        ...{ config, fit, fingerprint: found, train: [...splits.train, ...strangers], val: splits.val },
        weights: async () => start.weights ?? (await starting()).weights,
        classes: classes.length,
        cacheBytes: CACHE_BYTES,
      }),
    release: async (weights, runtime, workers, wished = {}) => {
      const { blend, ensemble, recall, size = finalSize(config) } = wished;
      const released = { ...config, sizes: [{ epochs: 1, size }] };
      const second = ensemble === undefined ? undefined : await readSecond(ensemble, wishes, classes, recall);
      const material = {
        ...{ task, title, classes, config: released, fit, splits, weights, runtime, workers },
        ...{ licence: second ? jointLicence(licence, second.licence) : licence, second },
        recall,
        sourceHead: recall === undefined ? undefined : await sourceHeadOf(config.network, init),
        strangers: strangers.length > 0,
      };
      if (blend === undefined) return releasePictures(material);
      const other = await startingWeights({ task, network: config.network, classes, init: blend, seed });
      return releasePictures({
        ...material,
        weights: await bestBlend(weights, other, { ...material, classes: classes.length, val: splits.val }),
        licence: jointLicence(other.licence, material.licence),
      });
    },
  };
}

/**
 * The network of another run, to answer along. Throws NacreError("usage") where it is of other classes or data: what it
 * learned from might be what the release is tested on.
 */
async function readSecond(
  folder: string,
  { data, seed }: Wishes,
  classes: Prepared["classes"],
  recall: number | undefined,
) {
  const { kind = "image", config, licence, ...record } = await readRun(folder);
  const ids = (all: Prepared["classes"]) => all.map(({ id }) => id).join();
  if (
    kind !== "image" ||
    record.data !== data ||
    config.seed !== seed ||
    ids(record.classes) !== ids(classes)
  )
    throw new NacreError(
      "usage",
      `The run in ${folder} was trained on other data, in other classes or by another seed. Name one on the same for --ensemble.`,
    );
  const { network } = config;
  const sourceHead = recall === undefined ? undefined : await sourceHeadOf(network, record.init);
  return { network, weights: await readWeights(join(folder, BEST)), sourceHead, licence };
}

/** What holds for what is made from both: the stricter licence, and both credits. */
const jointLicence = (one: Manifest["licence"], other: Manifest["licence"]): Manifest["licence"] => ({
  ...(other.nonCommercial ? other : one),
  credit: [...new Set([one.credit, other.credit])].join(" "),
});

/** The configuration of a run on pictures. */
export const configOf = ({ config }: RunRecord): PictureConfig =>
  parseConfig(pictureSchema, config, "The run");
