/** From the weights of a picture network to a release under models/. */

import type { ImageInput } from "../engine/data/image/normalise.ts";
import type { Splits } from "../engine/data/split.ts";
import { buildRelease, type Trained } from "../engine/release/build.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import type { SourceHead } from "../engine/release/recall.ts";
import type { Runtime } from "../engine/runtime/runtime.ts";
import type { Name, TaskClass } from "../engine/task.ts";
import type { PictureConfig } from "../engine/train/pictureConfig.ts";
import type { Weights } from "../engine/train/weights.ts";
import { type Progress, progress } from "./progress.ts";
import { nextRelease } from "./tasks.ts";

/** The variant under which a network is released, so that pages can offer a choice of two. */
const variantOf = (network: string): string => (network === "mobilenetv2" ? "light" : "standard");

/** What a picture classifier is released from. */
interface Material {
  readonly task: string;
  readonly title: Name;
  readonly classes: readonly TaskClass[];
  readonly licence: Manifest["licence"];
  readonly config: PictureConfig;
  readonly fit: ImageInput["fit"];
  readonly splits: Splits;
  /** Whether it was trained with strangers. */
  readonly strangers: boolean;
  readonly weights: Weights;
  /** The last layer of the first weights, where what those knew is to answer along, and at which weight. */
  readonly sourceHead?: SourceHead;
  readonly recall?: number;
  /** A network that answers along. */
  readonly second?: Trained;
  readonly runtime: Runtime;
  readonly workers: number;
}

/** Makes the next release of the task and returns its folder, for `publishRelease`. */
export async function releasePictures(material: Material): Promise<string> {
  const { task, title, licence, config, splits, classes: named, ...rest } = material;
  const { network, sizes, seed, twoLooks = false } = config;
  const variant = variantOf(network);
  const { folder, version } = await nextRelease(task, variant);
  const test =
    splits.test.length > 0 ? { split: "test", samples: splits.test } : { split: "val", samples: splits.val };
  const classes = named.map(({ id, en, zh }) => ({ id, en, zh }));
  let stage: { name: string; bar: Progress } | undefined;
  const report = (name: string, done: number, of: number) => {
    if (stage?.name !== name) {
      stage?.bar.stop();
      console.error(`${name} …`);
      stage = { name, bar: progress(of, "pictures") };
    }
    stage.bar.update(done);
  };
  try {
    const { comparison } = await buildRelease({
      ...rest,
      folder,
      about: { task, version, variant, network, title, classes, licence },
      size: sizes.at(-1)!.size,
      twoLooks,
      train: splits.train,
      val: splits.val,
      test,
      seed,
      report,
    });
    stage?.bar.stop();
    const top1 = ({ value }: { value: number }) => `${(100 * value).toFixed(1)} %`;
    const { float32, webgpu, wasm } = comparison;
    console.error(
      `Released ${version}. Top-1 on ${test.split}: ${top1(wasm.top1)} in 8-bit integers, ${top1(webgpu.top1)} with 8-bit weights, ${top1(float32.top1)} in float32.`,
    );
  } finally {
    stage?.bar.stop();
  }
  return folder;
}
