import { HASH } from "../../ops/random.ts";
import {
  type Array64,
  array,
  at,
  broadcastAt,
  broadcastShape,
  flatOf,
  placeOf,
  size,
  tabulate,
} from "../array.ts";
import type { ReferenceRules } from "./rule.ts";

interface Reduction {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** Folds the elements along `axes` into one. */
function reduce(
  x: Array64,
  { axes, keepDims }: Reduction,
  start: number,
  fold: (soFar: number, element: number) => number,
): Array64 {
  const kept = x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const { data } = array(kept, () => start);
  for (const [i, element] of x.data.entries()) {
    const place = placeOf(i, x.shape).map((p, axis) => (axes.includes(axis) ? 0 : p));
    const into = flatOf(place, kept);
    data[into] = fold(data[into]!, element);
  }
  return { shape: keepDims ? kept : kept.filter((_, axis) => !axes.includes(axis)), data };
}

const sumAlong = (x: Array64, axis: number): Array64 =>
  reduce(x, { axes: [axis], keepDims: true }, 0, (a, b) => a + b);

/** Elements of `x`, each with the one that belongs to it in an array with `axis` reduced to 1. */
const along = (x: Array64, other: Array64, combine: (a: number, b: number) => number): Array64 =>
  tabulate(x.shape, (place) => combine(at(x, place), broadcastAt(other, place)));

/** A size that the graph has only a name for becomes what the number of elements leaves for it. */
function filled(shape: readonly (number | string)[], elements: number): number[] {
  const rest = elements / size(shape.filter((dim) => typeof dim === "number"));
  return shape.map((dim) => (typeof dim === "number" ? dim : rest));
}

/** Mixes a word into 32 bits, in whole numbers of any length. */
function hash(word: bigint): bigint {
  const [first, second, third] = HASH.shifts.map(BigInt) as [bigint, bigint, bigint];
  const wrap = (x: bigint) => x & 0xffffffffn;
  let h = wrap(word);
  h ^= h >> first;
  h = wrap(h * BigInt(HASH.first));
  h ^= h >> second;
  h = wrap(h * BigInt(HASH.second));
  return h ^ (h >> third);
}

/** Operators that move elements about, add them up, take rows, multiply matrices, or draw numbers. */
export const structure = {
  reshape: ([x], { shape }) => ({ shape: filled(shape, x!.data.length), data: x!.data }),
  transpose: ([x], { order }) =>
    tabulate(
      order.map((axis) => x!.shape[axis]!),
      (place) =>
        at(
          x!,
          order.map((_, axis) => place[order.indexOf(axis)]!),
        ),
    ),
  broadcastTo: ([x], { shape }) => {
    const numeric = shape.map((dim) => (typeof dim === "number" ? dim : 1));
    return tabulate(broadcastShape(numeric, x!.shape), (place) => broadcastAt(x!, place));
  },
  sum: ([x], reduction) => reduce(x!, reduction, 0, (a, b) => a + b),
  max: ([x], reduction) => reduce(x!, reduction, Number.NEGATIVE_INFINITY, Math.max),
  concat: (inputs, { axis }) => {
    const total = inputs.reduce((n, { shape }) => n + shape[axis]!, 0);
    return tabulate(inputs[0]!.shape.with(axis, total), (place) => {
      let start = 0;
      for (const x of inputs) {
        if (place[axis]! < start + x.shape[axis]!) return at(x, place.with(axis, place[axis]! - start));
        start += x.shape[axis]!;
      }
      return Number.NaN;
    });
  },
  slice: ([x], { axis, start, end }) =>
    tabulate(x!.shape.with(axis, end - start), (place) => at(x!, place.with(axis, place[axis]! + start))),
  pad: ([x], { axis, before, after }) => {
    const length = x!.shape[axis]!;
    return tabulate(x!.shape.with(axis, before + length + after), (place) => {
      const from = place[axis]! - before;
      return from >= 0 && from < length ? at(x!, place.with(axis, from)) : 0;
    });
  },
  matmul: ([a, b]) => {
    const [m, k] = a!.shape.slice(-2) as [number, number];
    const n = b!.shape.at(-1)!;
    const lead = broadcastShape(a!.shape.slice(0, -2), b!.shape.slice(0, -2));
    return tabulate([...lead, m, n], (place) => {
      const [i, j] = place.slice(-2) as [number, number];
      const outer = place.slice(0, -2);
      let total = 0;
      for (let l = 0; l < k; l++) {
        total += broadcastAt(a!, [...outer, i, l]) * broadcastAt(b!, [...outer, l, j]);
      }
      return total;
    });
  },
  softmax: ([x], { axis }) => {
    const powers = array(x!.shape, (i) => Math.exp(x!.data[i]!));
    return along(powers, sumAlong(powers, axis), (power, total) => power / total);
  },
  logSoftmax: ([x], { axis }) => {
    const powers = array(x!.shape, (i) => Math.exp(x!.data[i]!));
    return along(x!, sumAlong(powers, axis), (element, total) => element - Math.log(total));
  },
  embedding: ([table, ids]) =>
    tabulate([...ids!.shape, table!.shape[1]!], (place) =>
      at(table!, [at(ids!, place.slice(0, -1)), place.at(-1)!]),
    ),
  embeddingGradient: ([ids, dy], { shape }) => {
    const table = array(shape.map(Number));
    const width = table.shape[1]!;
    for (const [i, element] of dy!.data.entries())
      table.data[ids!.data[Math.floor(i / width)]! * width + (i % width)]! += element;
    return table;
  },
  stepMask: ([x, lengths]) =>
    tabulate([...x!.shape.slice(0, 2), 1], ([t, n]) => Number(t! < lengths!.data[n!]!)),
  uniform: ([seed], { shape, stream }) => {
    const start = hash(BigInt(seed!.data[0]!) + BigInt(stream) * BigInt(HASH.spread));
    return array(shape.map(Number), (i) => Number(hash(BigInt(i) + start) >> 8n) / 2 ** 24);
  },
} satisfies Partial<ReferenceRules>;
