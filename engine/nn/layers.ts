import { elements, known } from "../graph/shape.ts";
import { type Convolution, conv2d as convolve, type Padding, type Window } from "../ops/conv.ts";
import {
  add,
  cast,
  divide,
  greater,
  multiply,
  relu as rectify,
  relu6 as rectify6,
  sqrt,
  subtract,
} from "../ops/elementwise.ts";
import { matmul } from "../ops/linear.ts";
import { batchNorm, batchNormFrozen, perChannel } from "../ops/norm.ts";
import { maxPool2d } from "../ops/pool.ts";
import { uniform } from "../ops/random.ts";
import { mean, reshape, transpose } from "../ops/shape.ts";
import { fanInUniform, heNormal, ones, zeros } from "./initialise.ts";
import type { Layer } from "./scope.ts";

/** One layer after the other; their scopes are called "0", "1", …. */
export const sequential =
  (...layers: readonly Layer[]): Layer =>
  (x, scope) =>
    layers.reduce((value, layer, i) => layer(value, scope.child(`${i}`)), x);

/** One layer after the other, each in the scope that it is listed under ("" is this one). */
export const named =
  (...layers: readonly (readonly [name: string, layer: Layer])[]): Layer =>
  (x, scope) =>
    layers.reduce((value, [name, layer]) => layer(value, name === "" ? scope : scope.child(name)), x);

interface ConvOptions extends Partial<Omit<Convolution, "padding">> {
  readonly kernel: number;
  /** Zeros on all sides, or top, left, bottom and right. */
  readonly padding?: number | Padding;
  /** Adds one trained number a channel (default true; needless before a batch norm). */
  readonly bias?: boolean;
}

const allSides = (padding: number | Padding): Padding =>
  typeof padding === "number" ? [padding, padding, padding, padding] : padding;

/** [N, inputs, H, W] -> [N, outputs, H', W'], by filters "weight" and, unless told otherwise, a "bias". */
export function conv2d(inputs: number, outputs: number, options: ConvOptions): Layer {
  const { kernel, stride = 1, groups = 1, bias = true } = options;
  const padding = allSides(options.padding ?? 0);
  return (x, scope) => {
    const weight = scope.parameter("weight", [outputs, inputs / groups, kernel, kernel], heNormal);
    const y = convolve(x, weight, { stride, padding, groups });
    return bias ? add(y, perChannel(scope.parameter("bias", [outputs], zeros))) : y;
  };
}

/** Batch normalisation over [N, C, H, W] (Ioffe and Szegedy 2015), with torchvision's names. */
export function batchNorm2d(channels: number, { epsilon = 1e-5, momentum = 0.1 } = {}): Layer {
  return (x, scope) => {
    const weight = scope.parameter("weight", [channels], ones);
    const bias = scope.parameter("bias", [channels], zeros);
    const runningMean = scope.statistic("running_mean", [channels], zeros);
    const runningVariance = scope.statistic("running_var", [channels], ones);
    const { training, statistics, trains = () => true } = scope.mode;
    if (!training || statistics === "frozen" || !trains(scope.child("weight").path))
      return batchNormFrozen(x, weight, bias, runningMean, runningVariance, epsilon);
    const { y, mean: batchMean, variance } = batchNorm(x, weight, bias, epsilon);
    const count = elements([x.shape[0]!, x.shape[2]!, x.shape[3]!]);
    const unbiased = multiply(variance, count / Math.max(1, count - 1));
    scope.update("running_mean", add(multiply(runningMean, 1 - momentum), multiply(batchMean, momentum)));
    scope.update("running_var", add(multiply(runningVariance, 1 - momentum), multiply(unbiased, momentum)));
    return y;
  };
}

/** max(0, x). */
export const relu = (): Layer => (x) => rectify(x);

/** min(6, max(0, x)). */
export const relu6 = (): Layer => (x) => rectify6(x);

/** The largest in each window of `kernel`×`kernel`; the stride is the kernel unless given. */
export const maxPool = (kernel: number, options: { stride?: number; padding?: number } = {}): Layer => {
  const window: Partial<Window> = {
    stride: options.stride ?? kernel,
    padding: allSides(options.padding ?? 0),
  };
  return (x) => maxPool2d(x, kernel, window);
};

/** The mean over all places, [N, C, H, W] -> [N, C] (Lin et al. 2014). */
export const globalAveragePool = (): Layer => (x) => mean(x, [2, 3]);

/** [N, ...] -> [N, the rest] */
export const flatten = (): Layer => (x) => reshape(x, [x.shape[0]!, elements(x.shape.slice(1))]);

/** [N, inputs] -> [N, outputs]: x Wᵀ + b, with "weight" [outputs, inputs]. */
export function linear(inputs: number, outputs: number): Layer {
  return (x, scope) => {
    const weight = scope.parameter("weight", [outputs, inputs], fanInUniform(inputs));
    const bias = scope.parameter("bias", [outputs], fanInUniform(inputs));
    return add(matmul(x, transpose(weight, [1, 0])), bias);
  };
}

/**
 * Layer normalisation over the last axis, of `width` (Ba et al. 2016, eq. 4), with torchvision's names: each vector
 * to mean 0 and variance 1, then scaled and shifted by trained numbers.
 */
export function layerNorm(width: number, { epsilon = 1e-5 } = {}): Layer {
  return (x, scope) => {
    const centred = subtract(x, mean(x, [-1], true));
    const deviation = sqrt(add(mean(multiply(centred, centred), [-1], true), epsilon));
    const weight = scope.parameter("weight", [width], ones);
    return add(multiply(divide(centred, deviation), weight), scope.parameter("bias", [width], zeros));
  };
}

/**
 * Drops each element with probability `rate` in training and scales the rest up (Srivastava et al. 2014);
 * does nothing in inference. Which ones fall depends on the step's seed and the layer's place alone. Along the
 * axes `alike` all fall or none.
 */
export function dropout(rate: number, { alike = [] as readonly number[] } = {}): Layer {
  if (rate < 0 || rate >= 1)
    throw new RangeError(`dropout: the rate is ${rate}, wanted 0 up to, not including, 1.`);
  return (x, scope) => {
    const { training, seed } = scope.mode;
    if (!training || rate === 0) return x;
    if (!seed) throw new Error("dropout: the training mode has no seed.");
    const draw = uniform(
      seed,
      x.shape.map((dim, axis) => (alike.includes(axis) ? 1 : known(dim, "dropout"))),
      stream(scope.path),
    );
    return multiply(x, multiply(cast(greater(draw, rate), "float32"), 1 / (1 - rate)));
  };
}

/** A number for a layer's name, so that two layers do not drop alike (FNV-1a, 16 bits kept). */
export function stream(path: string): number {
  let h = 0x811c9dc5;
  for (const character of path) h = Math.imul(h ^ character.codePointAt(0)!, 0x01000193);
  return (h >>> 0) % 2 ** 16;
}

/** x + f(x), or shortcut(x) + f(x): a residual connection (He et al. 2016). */
export const residual =
  (branch: Layer, shortcut?: readonly [name: string, layer: Layer]): Layer =>
  (x, scope) =>
    add(branch(x, scope), shortcut ? shortcut[1](x, scope.child(shortcut[0])) : x);
