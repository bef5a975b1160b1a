/** From a run's weights to a release under models/. */

import type { Splits } from "../engine/data/split.ts";
import { buildRelease } from "../engine/release/build.ts";
import type { Runtime } from "../engine/runtime/runtime.ts";
import type { Name } from "../engine/task.ts";
import type { Weights } from "../engine/train/weights.ts";
import { type Progress, progress } from "./progress.ts";
import type { RunRecord } from "./run.ts";
import { nextRelease } from "./tasks.ts";

/** The variant under which a network is released, so that pages can offer a choice of two. */
const variantOf = (network: string): string => (network === "mobilenetv2" ? "light" : "standard");

/** Makes the next release of the run's task and returns its folder. */
export async function releaseRun(
  run: RunRecord,
  title: Name,
  weights: Weights,
  splits: Splits,
  runtime: Runtime,
  workers: number,
): Promise<string> {
  const { network, sizes, seed, mirror = false } = run.config;
  const variant = variantOf(network);
  const { folder, version } = await nextRelease(run.task, variant);
  const test =
    splits.test.length > 0 ? { split: "test", samples: splits.test } : { split: "val", samples: splits.val };
  const classes = run.classes.map(({ id, en, zh }) => ({ id, en, zh }));
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
      folder,
      about: { task: run.task, version, variant, network, title, classes, licence: run.licence },
      weights,
      size: sizes.at(-1)!.size,
      fit: run.fit,
      mirror,
      train: splits.train,
      val: splits.val,
      test,
      runtime,
      workers,
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
