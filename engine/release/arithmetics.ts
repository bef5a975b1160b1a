import type { OnnxModel } from "../onnx/model.ts";
import type { Runtime, Tensors } from "../runtime/runtime.ts";
import { calibrate } from "./calibrate.ts";
import { correctBias } from "./correct-bias.ts";
import { quantiseStatic } from "./quantise-static.ts";
import { quantiseWeights } from "./quantise-weights.ts";

/** Something for each arithmetic that a picture network is served in, and for the floats that both are made from. */
export interface Arithmetics<T> {
  readonly float32: T;
  /** Floats, from 8-bit weights. */
  readonly webgpu: T;
  /** 8-bit integers, where they pay. */
  readonly wasm: T;
}

/** A float model in each arithmetic, with the same inputs and outputs; `batches` are feeds to find ranges on. */
export async function inEachArithmetic(
  float32: OnnxModel,
  batches: AsyncIterable<Tensors>,
  runtime: Runtime,
): Promise<Arithmetics<OnnxModel>> {
  const { means, ranges } = await calibrate(float32, batches, runtime);
  const corrected = correctBias(float32, means);
  const webgpu = quantiseWeights(corrected);
  return { float32, webgpu, wasm: filtersByChannel(corrected) ? webgpu : quantiseStatic(corrected, ranges) };
}

/** What `make` makes for each arithmetic. */
export const eachArithmetic = <U>(make: (of: keyof Arithmetics<U>) => U): Arithmetics<U> => ({
  float32: make("float32"),
  webgpu: make("webgpu"),
  wasm: make("wasm"),
});

/**
 * Whether the network has depthwise convolutions. On those, WASM's integer kernels are no faster than floats
 * (21.6 against 20.3 ms for MobileNetV2), and rounding their activations costs 3 points of agreement.
 */
const filtersByChannel = ({ graph }: OnnxModel): boolean =>
  graph.nodes.some((node) => Number(node.attributes.group?.value ?? 1) > 1);
