/** What training starts from: a file of weights, an earlier run's, or the backbone of a release. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { NacreError } from "../engine/errors.ts";
import { networkOf } from "../engine/networks/index.ts";
import { classifier } from "../engine/networks/network.ts";
import { build, type Layer } from "../engine/nn/scope.ts";
import { decodeModel } from "../engine/onnx/decode.ts";
import { inlineExternal } from "../engine/onnx/external.ts";
import { Rng } from "../engine/random.ts";
import { releasedWeights } from "../engine/release/backbone.ts";
import { readManifest, readPictureRelease } from "../engine/release/load.ts";
import type { Manifest } from "../engine/release/manifest.ts";
import type { SourceHead } from "../engine/release/recall.ts";
import { BEST } from "../engine/train/run.ts";
import { takeWeights, type Weights } from "../engine/train/weights.ts";
import { readOnnxWeights } from "../engine/weights/onnx.ts";
import { readSafetensors } from "../engine/weights/safetensors.ts";
import type { StoredTensor } from "../engine/weights/stored.ts";
import { knownWeights } from "../models/weights.ts";
import { holdsRun, readRun } from "./run.ts";
import { bestBackbone } from "./tasks.ts";

export interface Start {
  readonly weights: Weights;
  /** The file or release that they are from, as an absolute path. */
  readonly from: string;
  readonly licence: Manifest["licence"];
  /** Tensors that it had none for: those of a head for other classes. */
  readonly fresh: readonly string[];
}

/** What a run asks of the weights that it starts from. */
export interface Wanted {
  readonly task: string;
  readonly network: string;
  readonly classes: readonly { readonly id: string }[];
  /** A .safetensors or .onnx file, a run's folder, or a release's; by default the best fitting release. */
  readonly init: string | undefined;
  /** Of a new head. */
  readonly seed: number;
}

/**
 * The weights of a network, with a new head unless they have one for these classes.
 *
 * @throws NacreError("weights") where the file is corrupt or of another network, ("usage") where there is none
 */
export async function startingWeights({ task, network, classes, init, seed }: Wanted): Promise<Start> {
  const parts = networkOf(network, classes.length);
  const slots = slotsOf(classifier(parts), ["N", 3, 224, 224]);
  const heads = slotsOf(parts.head, ["N", parts.features]).map(({ name }) => name);
  const rng = new Rng(seed).fork("weights");
  const taken = (stored: ReadonlyMap<string, StoredTensor>, where: string) => {
    const weights = takeWeights(slots, stored, where, heads, rng);
    const fresh = heads.filter((name) => stored.get(name)?.dims.join() !== weights.get(name)!.dims.join());
    return { weights, fresh };
  };
  const file = init !== undefined && holdsRun(init) ? join(init, BEST) : init;
  if (file !== undefined && isWeights(file)) {
    const { bytes, stored } = await readStored(file);
    const licence = holdsRun(dirname(file))
      ? (await readRun(dirname(file))).licence
      : knownWeights(createHash("sha256").update(bytes).digest("hex"), file);
    return { ...taken(stored, file), from: resolve(file), licence };
  }
  const folder = init ?? (await bestBackbone(task, network));
  if (folder === undefined)
    throw new NacreError(
      "usage",
      `No release under models/ has the network ${network} to start from. Give a file of weights by --init.`,
    );
  const { manifest, stored } = await readReleased(folder, network, classes.length);
  const ids = (all: Wanted["classes"]) => all.map(({ id }) => id).join("\n");
  // A head for other classes, even for as many, has nothing to tell.
  if (ids(manifest.classes) !== ids(classes)) for (const name of heads) stored.delete(name);
  return { ...taken(stored, folder), from: resolve(folder), licence: manifest.licence };
}

/**
 * The last layer of the weights that training came from, for whatever classes: those of the file or release that a
 * run's `init` names, or if that is another run, of what that came from. Throws NacreError("weights") where it has
 * none, or cannot be read.
 */
export async function sourceHeadOf(network: string, init: string): Promise<SourceHead> {
  if (holdsRun(dirname(init))) return sourceHeadOf(network, (await readRun(dirname(init))).init);
  const parts = networkOf(network, 2);
  const names = slotsOf(parts.head, ["N", parts.features]).map(({ name }) => name);
  const classes = isWeights(init) ? 0 : (await readManifest(init)).classes.length;
  const { stored } = isWeights(init) ? await readStored(init) : await readReleased(init, network, classes);
  const [weight, bias] = names.map((name) => stored.get(name));
  if (weight?.dims[1] !== parts.features || bias?.dims[0] !== weight.dims[0])
    throw new NacreError("weights", `${init} has no last layer of a ${network}. Release without --recall.`);
  return {
    weight: { dims: weight.dims, data: weight.float32() },
    bias: { dims: bias!.dims, data: bias!.float32() },
  };
}

const isWeights = (path: string): boolean => [".safetensors", ".onnx"].includes(extname(path));

async function readStored(file: string) {
  const bytes = await read(file);
  return {
    bytes,
    stored: extname(file) === ".onnx" ? readOnnxWeights(bytes, file) : readSafetensors(bytes, file),
  };
}

/** A release and its network's tensors, by the names that training has for them. */
async function readReleased(folder: string, network: string, classes: number) {
  const { manifest, model, external } = await readPictureRelease(folder, "webgpu");
  if (manifest.network !== network)
    throw new NacreError(
      "usage",
      `${folder} has the network ${manifest.network}, not ${network}. Choose it by --network.`,
    );
  const slots = slotsOf(classifier(networkOf(network, classes)), ["N", 3, 224, 224]);
  return { manifest, stored: releasedWeights(inlineExternal(decodeModel(model, folder), external), slots) };
}

/** The tensors that a layer owns, in the order in which it asks for them. */
const slotsOf = (layer: Layer, shape: readonly (number | string)[]) => [
  ...build(layer, shape, { training: false, statistics: "frozen" }).slots.values(),
];

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new NacreError("weights", `${path} cannot be read. Name a .safetensors or .onnx file by --init.`, {
      cause,
    });
  }
}
