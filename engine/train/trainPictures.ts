import { trainHead } from "./head.ts";
import { type PictureOptions, pictureCurriculum } from "./pictureCurriculum.ts";
import type { TrainResult } from "./run.ts";
import { train } from "./train.ts";

/**
 * Trains a picture classifier as `train` does. With the backbone frozen, the head alone is trained, on features that
 * are computed once.
 */
export function trainPictures(options: PictureOptions): Promise<TrainResult> {
  if (options.config.freeze.includes("backbone")) return trainHead(options);
  return train(pictureCurriculum(options), options);
}
