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
 * @throws NacreError("usage") also on what a head alone does nothing with: strangers, patience, other parts to freeze
 */
export async function trainPictures(options: PictureOptions): Promise<TrainResult> {
  if (!options.config.freeze.includes("backbone")) return train(pictureCurriculum(options), options);
  expectHeadOnly(options);
  return trainHead(options);
}

function expectHeadOnly({ config: { freeze, patience }, train }: PictureOptions): void {
  if (train.some(({ label }) => label === STRANGER))
    throw new NacreError(
      "usage",
      "A head alone learns nothing of strangers. Train without them, or thaw the backbone.",
    );
  const others = freeze.filter((part) => part !== "backbone");
  if (others.length > 0)
    throw new NacreError(
      "usage",
      `"backbone" freezes all but the head. Leave ${others.map((part) => `"${part}"`).join(", ")} out.`,
    );
  if (patience !== undefined)
    throw new NacreError(
      "usage",
      'A head alone learns in seconds and waits for nothing. Leave "patience" out of the configuration.',
    );
}
