/** What training on recordings starts from: nothing, a file of weights, or a release. */

import { extname, join, resolve } from "node:path";
import { readBytes } from "../../engine/data/readBytes.ts";
import { NacreError } from "../../engine/errors.ts";
import { soundNetworkOf } from "../../engine/networks/sounds.ts";
import { build } from "../../engine/nn/scope.ts";
import { decodeModel } from "../../engine/onnx/decode.ts";
import { inlineExternal } from "../../engine/onnx/external.ts";
import { Rng } from "../../engine/random.ts";
import { releasedWeights } from "../../engine/release/backbone.ts";
import { readSoundRelease } from "../../engine/release/loadSound.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import { BEST } from "../../engine/train/run.ts";
import { initialWeights, takeWeights, type Weights } from "../../engine/train/weights.ts";
import { readSafetensors } from "../../engine/weights/safetensors.ts";
import { holdsRun, readRun } from "../run.ts";
import { bestBackbone } from "../tasks.ts";

export interface SoundStart {
  readonly weights: Weights;
  /** The file or release that they are from, or what else they are. */
  readonly from: string;
  readonly licence: Manifest["licence"];
  /** Whether they have heard words. */
  readonly trained: boolean;
}

/** What a run asks of the weights that it starts from. */
interface Wanted {
  readonly task: string;
  readonly network: string;
  readonly classes: readonly { readonly id: string }[];
  /** A run's folder, a release's, a .safetensors file, or "nothing". */
  readonly init: string | undefined;
  /** Whether there are too few recordings to learn from nothing. */
  readonly few: boolean;
  /** Of what is new. */
  readonly seed: number;
}

const YOURS: Manifest["licence"] = {
  name: "of your recordings",
  nonCommercial: false,
  credit: "Trained from nothing on recordings whose licence holds for this release, too.",
};

/** The licence of what is trained further from a release: that of the release, and who else is to be thanked. */
const continued = ({ task, version, licence }: Manifest): Manifest["licence"] => ({
  ...licence,
  credit: `Trained further on recordings whose licence holds for this release, too, from ${task} ${version}: ${licence.credit}`,
});

/**
 * The weights of a network for sound: those that `init` names; else, for few recordings, those of the best release of
 * this network, with a new head unless it is for these classes; else new ones.
 *
 * @throws NacreError("weights") where the file is corrupt or of another network
 */
export async function startingSoundWeights(wanted: Wanted): Promise<SoundStart> {
  const { task, network, classes, init, few, seed } = wanted;
  const layer = soundNetworkOf(network, classes.length);
  const { slots } = build(layer, ["N", 16_000], { training: false, statistics: "frozen" });
  const rng = new Rng(seed).fork("weights");
  const from = init ?? (few ? await bestBackbone(task, network) : undefined);
  if (from === undefined || from === "nothing")
    return { weights: initialWeights(slots.values(), rng), from: "nothing", licence: YOURS, trained: false };
  if (holdsRun(from) || extname(from) === ".safetensors") {
    const file = holdsRun(from) ? join(from, BEST) : from;
    const licence = holdsRun(from) ? (await readRun(from)).licence : YOURS;
    const stored = readSafetensors(await readBytes(file), file);
    const weights = takeWeights(slots.values(), stored, file, ["head"], rng);
    return { weights, from: resolve(file), licence, trained: true };
  }
  if (extname(from) === ".onnx")
    throw new NacreError(
      "usage",
      `${from} is ONNX; a network for recordings starts from .safetensors, or from the folder of a run or a release.`,
    );
  const { manifest, model, external } = await readSoundRelease(from);
  if (manifest.network !== network)
    throw new NacreError(
      "usage",
      `${from} has the network ${manifest.network}, not ${network}. Name it by --network.`,
    );
  const stored = releasedWeights(inlineExternal(decodeModel(model, from), external), slots.values());
  const ids = (all: Wanted["classes"]) => all.map(({ id }) => id).join("\n");
  // A head for other classes, even for as many, has nothing to tell.
  if (ids(manifest.classes) !== ids(classes))
    for (const name of ["head.weight", "head.bias"]) stored.delete(name);
  const weights = takeWeights(slots.values(), stored, from, ["head"], rng);
  return { weights, from: resolve(from), licence: continued(manifest), trained: true };
}
