import { attribute, node, renamed, tensorOf } from "../onnx/build.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { fitTemperature, negativeLogLikelihood } from "../train/calibration.ts";
import { LOGITS } from "../train/evaluate.ts";
import { MAPS } from "./class-maps.ts";

/** What a network's input was normalised by: x = (value − mean) / std, for each of three channels. */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** By what the logits of two networks are multiplied before they are added up. */
export type Factors = readonly [first: number, second: number];

/** What the names of all of the second network's values begin with. */
export const SECOND = "second.";
/** The same of those of the first that are added up. */
const FIRST = "first.";

/**
 * Two classifiers `withClassMaps` as one: logits and maps are sums of both networks' own, weighted by `factors`. Up
 * to their temperature these are the logarithmic opinion pool of their answers (Genest & Zidek 1986, "Combining
 * Probability Distributions"); networks that err differently are right together more often than the better one alone
 * (Hansen & Salamon 1990, "Neural Network Ensembles"). Other outputs stay apart, those of the second network behind
 * `SECOND`.
 *
 * Both must take pictures of the same size, each normalised in its own way; the whole takes them as the first does.
 */
export function ensemble(
  [first, second]: readonly [OnnxModel, OnnxModel],
  [seen, seenBySecond]: readonly [Normalisation, Normalisation],
  factors: Factors,
): OnnxModel {
  const image = first.graph.inputs[0]!.name;
  const sums = [LOGITS, MAPS];
  const own = (name: string) => `${FIRST}${name}`;
  const other = (name: string) => (name === "" ? name : `${SECOND}${name}`);
  const constants = [
    ...normalisingFilters(seen, seenBySecond),
    tensorOf("factor.first", Float32Array.of(factors[0]), []),
    tensorOf("factor.second", Float32Array.of(factors[1]), []),
  ];
  const [filters, bias, ofFirst, ofSecond] = constants.map(({ name }) => name) as [
    string,
    string,
    string,
    string,
  ];
  const nodes = [
    ...renamed(first.graph.nodes, (name) => (sums.includes(name) ? own(name) : name)),
    node("Conv", [image, filters, bias], [other(image)], { kernel_shape: attribute.ints([1, 1]) }),
    ...renamed(second.graph.nodes, other),
    ...sums.flatMap((name) => [
      node("Mul", [own(name), ofFirst], [`${own(name)}.weighted`]),
      node("Mul", [other(name), ofSecond], [`${other(name)}.weighted`]),
      node("Add", [`${own(name)}.weighted`, `${other(name)}.weighted`], [name]),
    ]),
  ];
  const initializers = [
    ...first.graph.initializers,
    ...second.graph.initializers.map((tensor) => ({ ...tensor, name: other(tensor.name) })),
    ...constants,
  ];
  const apart = second.graph.outputs
    .filter(({ name }) => !sums.includes(name))
    .map((output) => ({ ...output, name: other(output.name) }));
  const outputs = [...first.graph.outputs, ...apart];
  return { ...first, graph: { ...first.graph, nodes, initializers, outputs } };
}

/**
 * Filters [3, 3, 1, 1] and bias that turn values normalised for the first network into such for the second. A
 * convolution of its own: folded into the second's, it would change what that pads its borders with.
 */
function normalisingFilters(from: Normalisation, to: Normalisation) {
  const filters = new Float32Array(9);
  const bias = new Float32Array(3);
  for (let c = 0; c < 3; c++) {
    filters[4 * c] = from.std[c]! / to.std[c]!;
    bias[c] = (from.mean[c]! - to.mean[c]!) / to.std[c]!;
  }
  return [tensorOf("normalise.filters", filters, [3, 3, 1, 1]), tensorOf("normalise.bias", bias)];
}

/** Shares of the second network that are tried. */
const SHARES = Array.from({ length: 11 }, (_, i) => i / 20);

/**
 * The share of the second network that makes the labels likeliest, each network at its own temperature; 0 where it
 * does not help. The factors leave the scale of the first network's logits, [N, classes], as it is.
 */
export function bestShare(
  first: Float32Array,
  second: Float32Array,
  labels: Int32Array,
  classes: number,
): { share: number; factors: Factors } {
  const scale = fitTemperature(first, labels, classes) / fitTemperature(second, labels, classes);
  const tried = SHARES.map((share) => {
    const factors: Factors = [1 - share, share * scale];
    const logits = mixed(first, second, factors);
    const temperature = fitTemperature(logits, labels, classes);
    return { share, factors, loss: negativeLogLikelihood(logits, labels, classes, temperature) };
  });
  return tried.reduce((best, each) => (each.loss < best.loss ? each : best));
}

/** Logits of two networks as the ensemble adds them up. */
export const mixed = (first: Float32Array, second: Float32Array, factors: Factors): Float32Array =>
  first.map((x, i) => factors[0] * x + factors[1] * second[i]!);
