import { STRANGER } from "../data/sample.ts";
import { NacreError } from "../errors.ts";
import { trainHead } from "./head.ts";
import { type PictureOptions, pictureCurriculum } from "./pictureCurriculum.ts";
import type { TrainResult } from "./run.ts";
import { train } from "./train.ts";

/**
 * Trains a picture classifier as `train` does. With the backbone frozen, the head alone is trained, on features that
 * are computed once.
 *
 * @throws NacreError("usage") also on strangers for a head alone, which learns nothing of them
 */
export async function trainPictures(options: PictureOptions): Promise<TrainResult> {
  if (!options.config.freeze.includes("backbone")) return train(pictureCurriculum(options), options);
  if (options.train.some(({ label }) => label === STRANGER))
    throw new NacreError(
      "usage",
      "A head alone learns nothing of strangers. Train without them, or thaw the backbone.",
    );
  return trainHead(options);
}
