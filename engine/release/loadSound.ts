import { join } from "node:path";
import { NacreError } from "../errors.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { LOGITS } from "../train/evaluate.ts";
import { SOUND } from "../train/soundCurriculum.ts";
import { takes } from "./kinds.ts";
import { type LoadReleaseOptions, readManifest, readVerified } from "./load.ts";
import type { SoundManifest } from "./manifest.ts";

/** A release that listens to recordings and answers. */
export interface SoundClassifier {
  readonly manifest: SoundManifest;
  /** What it runs on, for people. */
  readonly device: string;
  /** Clips [n, samples] as `toClip` makes them -> logits [n, classes]. */
  classify(clips: Float32Array, n: number): Promise<Float32Array>;
  /** Frees the memory of the weights; afterwards nothing can be classified. */
  dispose(): Promise<void>;
}

/** A sound release's files as they are on the disk. */
export interface SoundReleaseFiles {
  readonly manifest: SoundManifest;
  /** The graph, an ONNX file. */
  readonly model: Uint8Array;
  /** The graph's external data by their location. */
  readonly external: Readonly<Record<string, Uint8Array>>;
}

/** Reads a release for sound, every file compared with its hash. Throws NacreError("weights") as `loadRelease` does. */
export async function readSoundRelease(folder: string): Promise<SoundReleaseFiles> {
  const manifest = await readManifest(folder);
  if (!takes(manifest, "sound"))
    throw new NacreError(
      "weights",
      `${folder} is a release for ${manifest.input.kind} input, not for recordings.`,
    );
  const model = await readVerified(folder, manifest.graphs.wasm);
  const weights = await readVerified(folder, manifest.weights);
  return { manifest, model, external: { [manifest.weights.file]: weights } };
}

/** Loads a release for sound for Node. Throws NacreError("weights") as `loadRelease` does. */
export async function loadSoundRelease(
  folder: string,
  { threads, spinning }: Pick<LoadReleaseOptions, "threads" | "spinning"> = {},
): Promise<SoundClassifier> {
  const { manifest, model, external } = await readSoundRelease(folder);
  const runtime = nodeRuntime({ threads, spinning });
  const session = await runtime.load(model, { external }).catch((cause) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NacreError("weights", `${join(folder, manifest.graphs.wasm.file)}: ${reason}`, { cause });
  });
  return {
    manifest,
    device: runtime.device,
    dispose: () => session.dispose(),
    async classify(clips, n) {
      const { [LOGITS]: logits } = await session.run({
        [SOUND]: float32(clips, [n, manifest.input.samples]),
      });
      if (logits?.type === "float32" && logits.data.length === n * manifest.classes.length)
        return logits.data as Float32Array;
      throw new NacreError(
        "weights",
        `${folder}: the graph answers with ${logits?.dims.join(" × ")} logits where ${n} × ${manifest.classes.length} are promised. Build the release again.`,
      );
    },
  };
}
