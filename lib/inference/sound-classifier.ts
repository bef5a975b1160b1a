import { largestDifference } from "../../engine/release/golden.ts";
import { goldenSound } from "../../engine/release/goldenSound.ts";
import type { SoundManifest } from "../../engine/release/manifest.ts";
import { float32 } from "../../engine/runtime/runtime.ts";
import { webRuntime } from "../../engine/runtime/web.ts";
import { softmax } from "../../engine/train/calibration.ts";
import { WrongAnswers } from "./classifier.ts";
import type { StartRelease } from "./model.ts";

/** A release for sound that runs in this browser and has given the golden answers here. */
export interface SoundClassifier {
  /** A clip as the manifest's input wants it, without its mean -> probabilities [classes], calibrated. */
  classify(clip: Float32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Starts a release for sound. Throws WrongAnswers where the golden answers differ, and what `webRuntime` throws. */
export const openSoundClassifier: StartRelease<SoundClassifier, SoundManifest> = async (
  manifest,
  bytes,
  { device, threads },
  onLost,
) => {
  const runtime = await webRuntime({ device, threads, onLost });
  const { graphs, weights } = manifest;
  const session = await runtime.load(bytes.get(graphs.wasm.file)!, {
    external: { [weights.file]: bytes.get(weights.file)! },
  });

  async function logitsOf(clip: Float32Array): Promise<Float32Array> {
    const outputs = await session.run({ sound: float32(clip, [1, clip.length]) });
    return outputs.logits!.data as Float32Array;
  }

  for (const golden of manifest.golden) {
    const logits = await logitsOf(goldenSound(golden.seed, manifest.input.samples));
    const difference = largestDifference(logits, golden.wasm);
    if (difference > manifest.goldenTolerance) {
      await session.dispose();
      throw new WrongAnswers(
        "unsupported",
        `${runtime.device}: a golden answer of ${manifest.task} ${manifest.version} is off by ${difference}, more than ${manifest.goldenTolerance}. Another device must compute.`,
      );
    }
  }
  return {
    classify: async (clip) => softmax(await logitsOf(clip), manifest.temperature),
    dispose: () => session.dispose(),
  };
};
