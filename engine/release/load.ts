import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pictureDims } from "../data/image/normalise.ts";
import { NacreError } from "../errors.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { float32 } from "../runtime/runtime.ts";
import { LOGITS } from "../train/evaluate.ts";
import { FAMILIARITY } from "./familiarity.ts";
import { takes } from "./kinds.ts";
import { type Manifest, type PictureManifest, parseManifest } from "./manifest.ts";

/** What a release thinks of n inputs. */
export interface Opinions {
  /** [n, classes] */
  readonly logits: Float32Array;
  /** [n], to be compared with the manifest's threshold; undefined where the release cannot tell. */
  readonly familiarity: Float32Array | undefined;
}

/** A release that looks at pictures and answers. */
export interface Classifier {
  readonly manifest: PictureManifest;
  /** What it runs on, for people. */
  readonly device: string;
  /** What it thinks of a batch [n, ...pictureDims(input)] of pictures as the manifest's input wants them. */
  classify(batch: Float32Array, n: number): Promise<Opinions>;
  /** Frees the memory of the weights; afterwards nothing can be classified. */
  dispose(): Promise<void>;
}

/** How a release is run. */
export interface LoadReleaseOptions {
  /** Threads for one operator; one per physical core by default. */
  readonly threads?: number;
  /** As `NodeRuntimeOptions` has it: off where several releases are held. */
  readonly spinning?: boolean;
  /** Which of the release's two graphs runs: that of "wasm" by default. Both run in Node. */
  readonly graph?: "wasm" | "webgpu";
}

/**
 * Loads a release for pictures for Node, having compared every file with the hash that the manifest states.
 *
 * @throws NacreError("weights") where the folder holds no release, a file is missing or was changed, or the
 *   graph cannot be run
 */
export async function loadRelease(
  folder: string,
  { threads, spinning, graph = "wasm" }: LoadReleaseOptions = {},
): Promise<Classifier> {
  const { manifest, model, external } = await readPictureRelease(folder, graph);
  const runtime = nodeRuntime({ threads, spinning });
  const session = await runtime.load(model, { external }).catch((cause) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NacreError("weights", `${join(folder, manifest.graphs[graph].file)}: ${reason}`, { cause });
  });
  return {
    manifest,
    device: runtime.device,
    dispose: () => session.dispose(),
    async classify(batch, n) {
      const fetches = manifest.known ? [LOGITS, FAMILIARITY] : [LOGITS];
      const outputs = await session.run(
        { image: float32(batch, [n, ...pictureDims(manifest.input)]) },
        fetches,
      );
      const logits = outputs[LOGITS];
      if (logits?.type !== "float32" || logits.data.length !== n * manifest.classes.length) {
        throw new NacreError(
          "weights",
          `${folder}: the graph answers with ${logits?.dims.join(" × ")} logits where ${n} × ${manifest.classes.length} are promised. Build the release again.`,
        );
      }
      return {
        logits: logits.data as Float32Array,
        familiarity: outputs[FAMILIARITY]?.data as Float32Array | undefined,
      };
    },
  };
}

/** A release's files as they are on the disk. */
export interface ReleaseFiles {
  readonly manifest: PictureManifest;
  /** The graph, an ONNX file. */
  readonly model: Uint8Array;
  /** The graph's external data by their location. */
  readonly external: Readonly<Record<string, Uint8Array>>;
}

/** Reads a release for pictures, every file compared with its hash. Throws NacreError("weights") as `loadRelease` does. */
export async function readPictureRelease(folder: string, graph: "wasm" | "webgpu"): Promise<ReleaseFiles> {
  const manifest = await readManifest(folder);
  if (!takes(manifest, "image"))
    throw new NacreError(
      "weights",
      `${folder} is a release for ${manifest.input.kind} input, not for pictures.`,
    );
  const model = await readVerified(folder, manifest.graphs[graph]);
  const weights = await readVerified(folder, manifest.weights);
  return { manifest, model, external: { [manifest.weights.file]: weights } };
}

/** The manifest of the release in a folder. Throws NacreError("weights") where there is none or it is wrong. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, "manifest.json");
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new NacreError(
      "weights",
      `${folder}: there is no release here (manifest.json cannot be read). Name a folder such as models/<task>/releases/<version>.`,
      { cause },
    );
  });
  return parseManifest(text, path);
}

/** A file of a release, compared with its hash. Throws NacreError("weights") as `loadRelease` does. */
export async function readVerified(
  folder: string,
  { file, bytes, sha256 }: Manifest["weights"],
): Promise<Uint8Array> {
  const path = join(folder, file);
  const content = await readFile(path).catch((cause) => {
    throw new NacreError(
      "weights",
      `${path}: the manifest names this file, but it cannot be read. Download or build the release again.`,
      { cause },
    );
  });
  if (content.length !== bytes) {
    throw new NacreError(
      "weights",
      `${path}: ${content.length} bytes where the manifest states ${bytes}: the file is incomplete or was changed. Download or build the release again.`,
    );
  }
  if (createHash("sha256").update(content).digest("hex") !== sha256) {
    throw new NacreError(
      "weights",
      `${path}: the content does not match the hash in the manifest: the file was damaged or changed. Download or build the release again.`,
    );
  }
  return content;
}
