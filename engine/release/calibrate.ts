import { NacreError } from "../errors.ts";
import { encodeModel } from "../onnx/encode.ts";
import { linksOf } from "../onnx/links.ts";
import type { OnnxModel } from "../onnx/model.ts";
import type { Runtime, Tensors } from "../runtime/runtime.ts";
import { Histogram } from "./histogram.ts";
import { quantisedValues, type Range } from "./quantise-static.ts";
import { weightUse } from "./quantise-weights.ts";

/** What a float model's values were on calibration data. */
export interface Calibration {
  /** For each value that quantiseStatic rounds: the range with the least squared rounding error. */
  readonly ranges: ReadonlyMap<string, Range>;
  /** For each value that meets int8 weights: the mean of every channel, over batch and places. */
  readonly means: ReadonlyMap<string, Float64Array>;
}

/**
 * Runs the float model on calibration data and watches its inner values. Memory is that of one batch's
 * activations, so batches should be small; a few hundred examples in all are enough.
 *
 * @param batches feeds of the graph, as it will meet them.
 * @throws NacreError("input") if there is no batch, and what `runtime` throws.
 */
export async function calibrate(
  model: OnnxModel,
  batches: AsyncIterable<Tensors> | Iterable<Tensors>,
  runtime: Runtime,
): Promise<Calibration> {
  const { graph } = model;
  const rounded = quantisedValues(graph);
  const links = linksOf(graph);
  const weighted = graph.nodes.filter((node) => weightUse(node, links)).map(({ inputs }) => inputs[0]!);
  const watched = [...new Set([...rounded, ...weighted])];
  const given = new Set(graph.inputs.map(({ name }) => name));
  const made = watched.filter((name) => !given.has(name));
  const leaving = new Set(graph.outputs.map(({ name }) => name));
  const outputs = [
    ...graph.outputs,
    ...made
      .filter((name) => !leaving.has(name))
      .map((name) => ({ name, type: "float32" as const, shape: undefined })),
  ];
  const histograms = new Map(rounded.map((name) => [name, new Histogram()]));
  const channels = new Map(weighted.map((name) => [name, new ChannelMeans()]));
  const session = await runtime.load(encodeModel({ ...model, graph: { ...graph, outputs } }));
  let count = 0;
  try {
    for await (const feeds of batches) {
      count++;
      const values: Tensors = { ...feeds, ...(await session.run(feeds, made)) };
      for (const name of watched) {
        const { data, dims } = values[name]!;
        if (!(data instanceof Float32Array)) continue;
        histograms.get(name)?.add(data);
        channels.get(name)?.add(data, dims);
      }
    }
  } finally {
    await session.dispose();
  }
  if (count === 0)
    throw new NacreError("input", "There is nothing to calibrate with. Hand over at least one batch.");
  return {
    ranges: new Map([...histograms].map(([name, histogram]) => [name, histogram.leastSquares()])),
    means: new Map([...channels].map(([name, { means }]) => [name, means])),
  };
}

/** Running means of the channels of a value [N, C, …]. */
class ChannelMeans {
  #sums = new Float64Array();
  #count = 0;

  add(data: Float32Array, [batch = 1, channels = 1, ...places]: readonly number[]): void {
    if (this.#count === 0) this.#sums = new Float64Array(channels);
    const area = places.reduce((product, extent) => product * extent, 1);
    this.#count += batch * area;
    for (let plane = 0; plane < batch * channels; plane++) {
      let sum = 0;
      for (let i = plane * area; i < (plane + 1) * area; i++) sum += data[i]!;
      this.#sums[plane % channels]! += sum;
    }
  }

  get means(): Float64Array {
    return this.#sums.map((sum) => sum / this.#count);
  }
}
