import { pictureDims } from "../../engine/data/image/normalise.ts";
import { NacreError } from "../../engine/errors.ts";
import { goldenInput, largestDifference } from "../../engine/release/golden.ts";
import { isKnown } from "../../engine/release/known.ts";
import type { PictureManifest } from "../../engine/release/manifest.ts";
import { float32 } from "../../engine/runtime/runtime.ts";
import { webRuntime } from "../../engine/runtime/web.ts";
import { softmax } from "../../engine/train/calibration.ts";
import type { ClassMaps } from "../class-map/class-maps.ts";
import type { DeviceChoice } from "./devices.ts";
import type { Opinion } from "./protocol.ts";
import type { ReleaseBytes } from "./release-download.ts";

/** A release that runs on a device and has shown that it gives the golden answers there. */
export interface Classifier {
  /** The opinion of a picture as the manifest's input wants it, `pictureDims`. */
  classify(tensor: Float32Array): Promise<Opinion>;
  dispose(): Promise<void>;
}

/** The device computes, but something else than it should. */
export class WrongAnswers extends NacreError {}

/**
 * Starts a release on a device and compares its logits with golden ones.
 *
 * Throws WrongAnswers where they differ by more than the manifest's tolerance, and what `webRuntime` throws.
 */
export async function openClassifier(
  manifest: PictureManifest,
  bytes: ReleaseBytes,
  { device, threads }: DeviceChoice,
  onLost: () => void,
): Promise<Classifier> {
  const { input, temperature } = manifest;
  const runtime = await webRuntime({ device, threads, onLost });
  const { graphs, weights } = manifest;
  const session = await runtime.load(bytes.get(graphs[device].file)!, {
    external: { [weights.file]: bytes.get(weights.file)! },
  });

  async function run(tensor: Float32Array): Promise<{
    readonly logits: Float32Array;
    readonly maps: ClassMaps | undefined;
    readonly familiarity: number | undefined;
  }> {
    const outputs = await session.run({ image: float32(tensor, [1, ...pictureDims(input)]) });
    const maps = outputs.maps;
    const [, , height, width] = maps?.dims ?? [];
    return {
      logits: outputs.logits!.data as Float32Array,
      maps: maps && { values: maps.data as Float32Array, width: width!, height: height! },
      familiarity: (outputs.familiarity?.data as Float32Array | undefined)?.[0],
    };
  }

  // Graphics cards are quick and err in ways of their own. The processor takes a quarter of a second for each input,
  // before a visitor's first answer, and what it gets right once it gets right again.
  const checked = device === "webgpu" ? manifest.golden : manifest.golden.slice(0, 1);
  for (const golden of checked) {
    const { logits } = await run(goldenInput(golden.seed, input));
    const difference = largestDifference(logits, golden[device]);
    if (difference > manifest.goldenTolerance) {
      await session.dispose();
      throw new WrongAnswers(
        "unsupported",
        `${runtime.device}: a golden answer of ${manifest.task} ${manifest.version} is off by ${difference}, more than ${manifest.goldenTolerance}. Another device must compute.`,
      );
    }
  }

  return {
    async classify(tensor) {
      const { logits, maps, familiarity } = await run(tensor);
      return { probabilities: softmax(logits, temperature), maps, known: isKnown(manifest, familiarity) };
    },
    dispose: () => session.dispose(),
  };
}
