import { attribute, node, tensorOf } from "../onnx/build.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { FEATURES, makingFeatures } from "./features.ts";

/** What a served graph calls how familiar each picture looks to it: float32 [N], higher is more familiar. */
export const FAMILIARITY = "familiarity";

/** The share of own validation pictures that count as known: few enough doubts, yet strangers are told. */
export const KEPT_ON_VAL = 0.98;

/**
 * A model `withClassMaps` that also says how familiar a picture looks, as `FAMILIARITY`: the largest cosine
 * between its features and the mean features of a class, times the energy of its logits, log Σ exp. Strangers
 * lie in other directions than any class, and excite the head less (Liu et al. 2020, "Energy-based
 * Out-of-distribution Detection", equation 4); either alone tells them less well, and needs no other pass.
 *
 * @param means of each class's training features, [classes, features]
 */
export function withFamiliarity(model: OnnxModel, means: Float32Array, classes: number): OnnxModel {
  const { graph } = model;
  const [logits] = graph.outputs;
  const axis = tensorOf(`${FAMILIARITY}.axis`, BigInt64Array.of(1n));
  const directions = tensorOf(`${FAMILIARITY}.directions`, columnsOfLengthOne(means, classes), [
    means.length / classes,
    classes,
  ]);
  const flat = { keepdims: attribute.int(0) };
  const nodes = [
    ...makingFeatures(graph),
    node("MatMul", [FEATURES, directions.name], [`${FAMILIARITY}.products`]),
    node("ReduceMax", [`${FAMILIARITY}.products`, axis.name], [`${FAMILIARITY}.product`], flat),
    node("ReduceL2", [FEATURES, axis.name], [`${FAMILIARITY}.length`], flat),
    node("Div", [`${FAMILIARITY}.product`, `${FAMILIARITY}.length`], [`${FAMILIARITY}.cosine`]),
    node("ReduceLogSumExp", [logits!.name, axis.name], [`${FAMILIARITY}.energy`], flat),
    node("Mul", [`${FAMILIARITY}.cosine`, `${FAMILIARITY}.energy`], [FAMILIARITY]),
  ];
  const outputs = [...graph.outputs, familiarityOf(logits!)];
  const initializers = [...graph.initializers, axis, directions];
  return { ...model, graph: { ...graph, nodes, initializers, outputs } };
}

/**
 * The same of a network that was trained with strangers, whose features and energy say nothing of them any more: how
 * far the energy of its logits, log Σ exp, lies above their mean. It is log(classes) where every class is as likely,
 * which is what strangers' targets are, and more the surer the network is.
 */
export function withLearnedDoubt(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const [logits] = graph.outputs;
  const axis = tensorOf(`${FAMILIARITY}.axis`, BigInt64Array.of(1n));
  const flat = { keepdims: attribute.int(0) };
  const nodes = [
    ...graph.nodes,
    node("ReduceLogSumExp", [logits!.name, axis.name], [`${FAMILIARITY}.energy`], flat),
    node("ReduceMean", [logits!.name, axis.name], [`${FAMILIARITY}.mean`], flat),
    node("Sub", [`${FAMILIARITY}.energy`, `${FAMILIARITY}.mean`], [FAMILIARITY]),
  ];
  return {
    ...model,
    graph: {
      ...graph,
      nodes,
      initializers: [...graph.initializers, axis],
      outputs: [...graph.outputs, familiarityOf(logits!)],
    },
  };
}

const familiarityOf = (logits: OnnxModel["graph"]["outputs"][number]) => ({
  name: FAMILIARITY,
  type: "float32" as const,
  shape: [logits.shape?.[0] ?? "N"],
});

/** The mean of each class's rows: [N, features] -> [classes, features]; 0 where a class has no row. */
export function classMeans(
  rows: Float32Array,
  labels: Int32Array,
  classes: number,
): Float32Array<ArrayBuffer> {
  const width = rows.length / labels.length;
  const means = new Float32Array(classes * width);
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]!++;
  for (const [n, label] of labels.entries())
    for (let i = 0; i < width; i++) means[label * width + i]! += rows[n * width + i]! / counts[label]!;
  return means;
}

/** The value that a share of `scores` reaches. */
export function reachedBy(scores: Float32Array, share: number): number {
  const sorted = scores.toSorted();
  return sorted[Math.floor((1 - share) * sorted.length)]!;
}

/** Rows [classes, features] scaled to length 1, as columns [features, classes]. */
function columnsOfLengthOne(rows: Float32Array, classes: number): Float32Array {
  const width = rows.length / classes;
  const columns = new Float32Array(rows.length);
  for (let c = 0; c < classes; c++) {
    const row = rows.subarray(c * width, (c + 1) * width);
    const length = Math.hypot(...row) || 1;
    for (let i = 0; i < width; i++) columns[i * classes + c] = row[i]! / length;
  }
  return columns;
}
