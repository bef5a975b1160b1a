import { join } from "node:path";
import { Tokeniser } from "../data/text/tokeniser.ts";
import { NacreError } from "../errors.ts";
import type { TextReader } from "../read/textClassifier.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { takes } from "./kinds.ts";
import { type LoadReleaseOptions, readManifest, readVerified } from "./load.ts";
import type { TextManifest } from "./manifest.ts";

/** A release that reads texts and answers. */
export interface TextRelease {
  readonly manifest: TextManifest;
  /** What it runs on, for people. */
  readonly device: string;
  /** What `classifyTexts` reads with. */
  readonly reader: TextReader;
  /** Frees the memory of the weights; afterwards nothing can be read. */
  dispose(): Promise<void>;
}

/** Loads a release for texts, every file compared with its hash. Throws NacreError("weights") as `loadRelease` does. */
export async function loadTextRelease(
  folder: string,
  { threads, spinning }: Pick<LoadReleaseOptions, "threads" | "spinning"> = {},
): Promise<TextRelease> {
  const manifest = await readManifest(folder);
  if (!takes(manifest, "text"))
    throw new NacreError(
      "weights",
      `${folder} is a release for ${manifest.input.kind} input, not for texts.`,
    );
  const { input, graphs, weights, classes } = manifest;
  const external = { [weights.file]: await readVerified(folder, weights) };
  const vocabulary = await readVerified(folder, input.vocabulary);
  const runtime = nodeRuntime({ threads, spinning });
  const model = await readVerified(folder, graphs.wasm);
  const session = await runtime.load(model, { external }).catch((cause) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NacreError("weights", `${join(folder, graphs.wasm.file)}: ${reason}`, { cause });
  });
  const tokeniser = Tokeniser.parse(new TextDecoder().decode(vocabulary));
  const { grams, window } = input;
  return {
    manifest,
    device: runtime.device,
    reader: { tokeniser, grams, window, classes: classes.length, session },
    dispose: () => session.dispose(),
  };
}
