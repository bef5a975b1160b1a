/** What training starts from: a file of weights, or the backbone of a release. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { NacreError } from "../engine/errors.ts";
import { networkOf } from "../engine/networks/index.ts";
import { classifier } from "../engine/networks/network.ts";
import { build } from "../engine/nn/scope.ts";
import { decodeModel } from "../engine/onnx/decode.ts";
import { inlineExternal } from "../engine/onnx/external.ts";
import { Rng } from "../engine/random.ts";
import { releasedWeights } from "../engine/release/backbone.ts";
import { readRelease } from "../engine/release/load.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import { takeWeights, type Weights } from "../engine/train/weights.ts";
import { readOnnxWeights } from "../engine/weights/onnx.ts";
import { readSafetensors } from "../engine/weights/safetensors.ts";
import { knownWeights } from "../models/weights.ts";
import { bestBackbone } from "./tasks.ts";

export interface Start {
  readonly weights: Weights;
  /** The file or release that they are from. */
  readonly from: string;
  readonly licence: Manifest["licence"];
}

/** Names that a head's tensors begin with: new for other classes. */
const HEADS = ["fc.", "classifier."];

/**
 * The weights of a network with a head for so many classes.
 *
 * @param init a .safetensors or .onnx file, or a release's folder; by default the best fitting release
 * @throws NacreError("weights") where the file is corrupt or of another network, ("usage") where there is none
 */
export async function startingWeights(
  task: string,
  network: string,
  classes: number,
  init: string | undefined,
  seed: number,
): Promise<Start> {
  const slots = [
    ...build(classifier(networkOf(network, classes)), ["N", 3, 224, 224], INFERENCE).slots.values(),
  ];
  const rng = new Rng(seed).fork("weights");
  if (init !== undefined && [".safetensors", ".onnx"].includes(extname(init))) {
    const bytes = await read(init);
    const stored = extname(init) === ".onnx" ? readOnnxWeights(bytes, init) : readSafetensors(bytes, init);
    const licence = knownWeights(createHash("sha256").update(bytes).digest("hex"), init);
    return { weights: takeWeights(slots, stored, init, HEADS, rng), from: init, licence };
  }
  const folder = init ?? (await bestBackbone(task, network));
  if (folder === undefined)
    throw new NacreError(
      "usage",
      `No release under models/ has the network ${network} to start from. Give a file of weights by --init.`,
    );
  const { manifest, model, external } = await readRelease(folder, "webgpu");
  if (manifest.network !== network)
    throw new NacreError(
      "usage",
      `${folder} has the network ${manifest.network}, not ${network}. Choose it by --network.`,
    );
  const stored = releasedWeights(inlineExternal(decodeModel(model, folder), external), slots);
  return { weights: takeWeights(slots, stored, folder, HEADS, rng), from: folder, licence: manifest.licence };
}

const INFERENCE = { training: false, statistics: "frozen" } as const;

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new NacreError("weights", `${path} cannot be read. Name a .safetensors or .onnx file by --init.`, {
      cause,
    });
  }
}
