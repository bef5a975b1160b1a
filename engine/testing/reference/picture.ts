import type { Convolution } from "../../ops/conv.ts";
import { type Array64, array, flatOf, size, tabulate } from "../array.ts";
import type { ReferenceRules } from "./rule.ts";

interface Shapes extends Convolution {
  readonly x: readonly number[];
  readonly weight: readonly number[];
  readonly y: readonly number[];
}

/**
 * Calls `each` with the elements of input, weight and output that meet in a convolution: the convolution
 * and both its adjoints are sums over the same triples.
 */
function meet(
  { x, weight, y, stride, padding, groups }: Shapes,
  each: (x: number, weight: number, y: number) => void,
): void {
  const [n, filters, rows, columns] = y as [number, number, number, number];
  const [, perGroup, kernelRows, kernelColumns] = weight as [number, number, number, number];
  const [, channels, height, width] = x as [number, number, number, number];
  const [top, left] = padding;
  for (let b = 0; b < n; b++)
    for (let k = 0; k < filters; k++)
      for (let c = 0; c < perGroup; c++)
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++)
            for (let r = 0; r < kernelRows; r++)
              for (let s = 0; s < kernelColumns; s++) {
                const h = i * stride + r - top;
                const w = j * stride + s - left;
                if (h < 0 || h >= height || w < 0 || w >= width) continue;
                const channel = Math.floor(k / (filters / groups)) * perGroup + c;
                each(
                  ((b * channels + channel) * height + h) * width + w,
                  ((k * perGroup + c) * kernelRows + r) * kernelColumns + s,
                  ((b * filters + k) * rows + i) * columns + j,
                );
              }
}

const positions = (length: number, kernel: number, stride: number, zeros: number): number =>
  Math.floor((length + zeros - kernel) / stride) + 1;

interface Pooling {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: Convolution["padding"];
}

/** The element number of the first largest element of each window, row by row. */
function largest(x: Array64, { kernel, stride, padding: [top, left, bottom, right] }: Pooling): Array64 {
  const [n, c, height, width] = x.shape as [number, number, number, number];
  const shape = [
    n,
    c,
    positions(height, kernel, stride, top + bottom),
    positions(width, kernel, stride, left + right),
  ];
  return tabulate(shape, ([b, channel, i, j]) => {
    let best = -1;
    for (let r = 0; r < kernel; r++)
      for (let s = 0; s < kernel; s++) {
        const h = i! * stride + r - top;
        const w = j! * stride + s - left;
        if (h < 0 || h >= height || w < 0 || w >= width) continue;
        const candidate = flatOf([b!, channel!, h, w], x.shape);
        if (best < 0 || x.data[candidate]! > x.data[best]!) best = candidate;
      }
    return best;
  });
}

/** Σ of what `term` makes of each element, by channel. */
function perChannel(x: Array64, term: (element: number, i: number) => number): Array64 {
  const [, channels] = x.shape as [number, number];
  const area = size(x.shape.slice(2));
  const { shape, data } = array([channels]);
  for (const [i, element] of x.data.entries()) data[Math.floor(i / area) % channels]! += term(element, i);
  return { shape, data };
}

/** Elementwise with the element's channel. */
function withChannel(x: Array64, f: (element: number, channel: number, i: number) => number): Array64 {
  const area = size(x.shape.slice(2));
  return array(x.shape, (i) => f(x.data[i]!, Math.floor(i / area) % x.shape[1]!, i));
}

export const picture = {
  conv2d: ([x, weight], options) => {
    const [top, left, bottom, right] = options.padding;
    const [filters, , r, s] = weight!.shape as [number, number, number, number];
    const y = array([
      x!.shape[0]!,
      filters,
      positions(x!.shape[2]!, r, options.stride, top + bottom),
      positions(x!.shape[3]!, s, options.stride, left + right),
    ]);
    meet({ ...options, x: x!.shape, weight: weight!.shape, y: y.shape }, (xi, wi, yi) => {
      y.data[yi]! += x!.data[xi]! * weight!.data[wi]!;
    });
    return y;
  },

  conv2dInputGradient: ([dy, weight], options) => {
    const dx = array(options.shape.map(Number));
    meet({ ...options, x: dx.shape, weight: weight!.shape, y: dy!.shape }, (xi, wi, yi) => {
      dx.data[xi]! += dy!.data[yi]! * weight!.data[wi]!;
    });
    return dx;
  },

  conv2dWeightGradient: ([x, dy], options) => {
    const dw = array(options.shape.map(Number));
    meet({ ...options, x: x!.shape, weight: dw.shape, y: dy!.shape }, (xi, wi, yi) => {
      dw.data[wi]! += x!.data[xi]! * dy!.data[yi]!;
    });
    return dw;
  },

  maxPool2d: ([x], pooling) => {
    const places = largest(x!, pooling);
    return array(places.shape, (i) => x!.data[places.data[i]!]!);
  },

  maxPool2dGradient: ([x, , dy], pooling) => {
    const dx = array(x!.shape);
    for (const [i, place] of largest(x!, pooling).data.entries()) dx.data[place]! += dy!.data[i]!;
    return dx;
  },

  batchNorm: ([x, scale, bias], { epsilon }) => {
    const count = x!.data.length / x!.shape[1]!;
    const mean = perChannel(x!, (element) => element / count);
    const centred = withChannel(x!, (element, c) => element - mean.data[c]!);
    const variance = perChannel(centred, (element) => element ** 2 / count);
    const y = withChannel(
      centred,
      (element, c) => (element / Math.sqrt(variance.data[c]! + epsilon)) * scale!.data[c]! + bias!.data[c]!,
    );
    return [y, mean, variance];
  },

  batchNormGradient: ([x, scale, mean, variance, dy], { epsilon }) => {
    const count = x!.data.length / x!.shape[1]!;
    const deviation = (c: number) => Math.sqrt(variance!.data[c]! + epsilon);
    const unit = withChannel(x!, (element, c) => (element - mean!.data[c]!) / deviation(c));
    const dbias = perChannel(dy!, (element) => element);
    const dscale = perChannel(dy!, (element, i) => element * unit.data[i]!);
    const dx = withChannel(dy!, (element, c, i) => {
      const rest = element - dbias.data[c]! / count - (unit.data[i]! * dscale.data[c]!) / count;
      return (scale!.data[c]! / deviation(c)) * rest;
    });
    return [dx, dscale, dbias];
  },

  batchNormFrozen: ([x, scale, bias, mean, variance], { epsilon }) =>
    withChannel(x!, (element, c) => {
      const unit = (element - mean!.data[c]!) / Math.sqrt(variance!.data[c]! + epsilon);
      return unit * scale!.data[c]! + bias!.data[c]!;
    }),

  channelSum: ([x]) => perChannel(x!, (element) => element),

  channelDot: ([a, b]) => perChannel(a!, (element, i) => element * b!.data[i]!),
} satisfies Partial<ReferenceRules>;
