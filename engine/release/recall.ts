import { attribute, node, renamed, tensorOf } from "../onnx/build.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { negativeLogLikelihood, softmax } from "../train/calibration.ts";
import { LOGITS } from "../train/evaluate.ts";
import type { DenseTensor } from "../train/weights.ts";
import { FEATURES, makingFeatures } from "./features.ts";

/** What a graph calls its logits for the classes that its first weights were made for: float32 [N, source classes]. */
export const SOURCE = "source";

/** The last layer that fine-tuning replaced, for the classes that the first weights were made for. */
export interface SourceHead {
  /** [source classes, features] */
  readonly weight: DenseTensor;
  /** [source classes] */
  readonly bias: DenseTensor;
}

/** A model `withClassMaps` that also answers as its first weights did, by `SOURCE`. */
export function withSourceHead(model: OnnxModel, { weight, bias }: SourceHead): OnnxModel {
  const { graph } = model;
  const constants = [
    tensorOf(`${SOURCE}.weight`, weight.data, weight.dims),
    tensorOf(`${SOURCE}.bias`, bias.data, bias.dims),
  ];
  const head = node("Gemm", [FEATURES, ...constants.map(({ name }) => name)], [SOURCE], {
    transB: attribute.int(1),
  });
  const output = { name: SOURCE, type: "float32" as const, shape: ["N", weight.dims[0]!] };
  return {
    ...model,
    graph: {
      ...graph,
      nodes: [...makingFeatures(graph), head],
      initializers: [...graph.initializers, ...constants],
      outputs: [...graph.outputs, output],
    },
  };
}

/** Logits of source classes for labelled pictures. */
export interface Remembered {
  /** [N, source classes] */
  readonly source: Float32Array;
  /** [N] */
  readonly labels: Int32Array;
}

/** How to read source classes as classes. */
export interface Reading {
  /** Of the source classes' softmax. */
  readonly temperature: number;
  /** P(class | source class), [source classes, classes]. */
  readonly conditionals: Float32Array;
}

const TEMPERATURES = [1, 1.25, 1.5, 2];

/**
 * What classes are by what source classes they look like: Σ P(class | source class) · P(source class | picture), the
 * "expected empirical predictor" (Nguyen et al. 2020, "LEEP: A New Measure to Evaluate Transferability of Learned
 * Representations", §3), with every class as frequent. It errs more than a fine-tuned head on pictures like those of
 * training, and less on others, because what source classes look like was learned from many more.
 *
 * @param train to learn the conditionals on
 * @param val to choose the temperature on
 */
export function fitReading(train: Remembered, val: Remembered, classes: number): Reading {
  const tried = TEMPERATURES.map((temperature) => {
    const reading = { temperature, conditionals: conditionalsOf(train, temperature, classes) };
    return { reading, loss: negativeLogLikelihood(read(val.source, reading, classes), val.labels, classes) };
  });
  return tried.reduce((best, each) => (each.loss < best.loss ? each : best)).reading;
}

function conditionalsOf({ source, labels }: Remembered, temperature: number, classes: number): Float32Array {
  const width = source.length / labels.length;
  const probabilities = softmax(source, temperature, width);
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]!++;
  // As if every class had half a chance to look like anything: a source class that was never seen says nothing.
  const joint = new Float32Array(width * classes).fill(0.5 / width);
  for (const [n, label] of labels.entries())
    for (let s = 0; s < width; s++)
      joint[s * classes + label]! += probabilities[n * width + s]! / counts[label]!;
  for (let s = 0; s < width; s++) {
    const row = joint.subarray(s * classes, (s + 1) * classes);
    const sum = row.reduce((a, b) => a + b);
    for (let c = 0; c < classes; c++) row[c]! /= sum;
  }
  return joint;
}

/** Logits of source classes, [N, source classes], read as log-probabilities of classes, [N, classes]. */
function read(source: Float32Array, { temperature, conditionals }: Reading, classes: number): Float32Array {
  const width = conditionals.length / classes;
  const probabilities = softmax(source, temperature, width);
  const rows = new Float32Array((source.length / width) * classes);
  for (let n = 0; n * width < source.length; n++)
    for (let s = 0; s < width; s++)
      for (let c = 0; c < classes; c++)
        rows[n * classes + c]! += probabilities[n * width + s]! * conditionals[s * classes + c]!;
  return rows.map(Math.log);
}

/** What a graph recalls: the output with the logits of source classes, and how to read it. */
export interface Recollection extends Reading {
  readonly output: string;
}

/**
 * A model whose `LOGITS` have `factor` times what each recollection says added to them, which is the logarithmic
 * opinion pool that `ensemble` makes of networks. It keeps the logits of source classes to itself.
 */
export function withRecollections(
  model: OnnxModel,
  recollections: readonly Recollection[],
  factor: number,
  classes: number,
): OnnxModel {
  const { graph } = model;
  const before = `${LOGITS}.seen`;
  const share = tensorOf("recalled.factor", Float32Array.of(factor), []);
  const parts = recollections.map(({ output, temperature, conditionals }) => {
    const named = (what: string) => `${output}.${what}`;
    const constants = [
      tensorOf(named("sharpness"), Float32Array.of(1 / temperature), []),
      tensorOf(named("conditionals"), conditionals, [conditionals.length / classes, classes]),
    ];
    const nodes = [
      node("Mul", [output, named("sharpness")], [named("scaled")]),
      node("Softmax", [named("scaled")], [named("probabilities")], { axis: attribute.int(1) }),
      node("MatMul", [named("probabilities"), named("conditionals")], [named("expected")]),
      node("Log", [named("expected")], [named("read")]),
      node("Mul", [named("read"), share.name], [named("recalled")]),
    ];
    return { constants, nodes, recalled: named("recalled") };
  });
  const own = renamed(graph.nodes, (name) => (name === LOGITS ? before : name));
  const sum = node("Sum", [before, ...parts.map(({ recalled }) => recalled)], [LOGITS]);
  const sources = new Set(recollections.map(({ output }) => output));
  return {
    ...model,
    graph: {
      ...graph,
      nodes: [...own, ...parts.flatMap(({ nodes }) => nodes), sum],
      initializers: [...graph.initializers, share, ...parts.flatMap(({ constants }) => constants)],
      outputs: graph.outputs.filter(({ name }) => !sources.has(name)),
    },
  };
}
