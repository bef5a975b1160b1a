import { attribute } from "../../onnx/build.ts";
import type { Emitter } from "../emitter.ts";
import { rowDot } from "./conv.ts";
import { type Extent, joined, parted, positions } from "./layout.ts";

/** The statistics' vectors are [C], the pictures [C, P]. */
interface Names {
  readonly x: string;
  readonly mean: string;
  readonly variance: string;
}

const normalise = (e: Emitter, inputs: readonly string[], size: Extent, epsilon: number): string => {
  const [x, ...vectors] = inputs;
  const y = e.emit("BatchNormalization", [e.reshape(x!, [1, size.channels, positions(size)]), ...vectors], {
    epsilon: attribute.float(epsilon),
  });
  return e.reshape(y, [size.channels, positions(size)]);
};

/** x · scale + shift in one pass, by the inference operator with mean and variance given: [C, P] and four [C]. */
export const batchNormFrozen = normalise;

/**
 * Vectors for `batchNorm` to write over, two for each of the norms: its operator's second and third output
 * take the place of its fourth and fifth input, be they constants. Copies of the norms' scales and shifts are
 * made while the graph runs, and no two of them are merged as equal.
 */
export function statisticsBuffers(
  e: Emitter,
  norms: readonly { readonly scale: string; readonly bias: string; readonly channels: number }[],
): (readonly string[])[] {
  const all = joined(
    e,
    norms.flatMap(({ scale, bias }) => [scale, bias]),
  );
  const copies = parted(
    e,
    all,
    norms.flatMap(({ channels }) => [channels, channels]),
  );
  return norms.map((_, i) => copies.slice(2 * i, 2 * i + 2));
}

/** -> y [C, P], mean [C], variance [C], by the runtime's training operator. `buffers` are of its own. */
export function batchNorm(
  e: Emitter,
  x: string,
  scale: string,
  bias: string,
  buffers: readonly string[],
  size: Extent,
  epsilon: number,
): string[] {
  // With momentum 0 the buffers then hold this batch's statistics, whatever they held before.
  const [y, mean, variance] = e.emitMany(
    "BatchNormalization",
    [e.reshape(x, [1, size.channels, positions(size)]), scale, bias, ...buffers],
    3,
    { epsilon: attribute.float(epsilon), momentum: attribute.float(0), training_mode: attribute.int(1) },
  );
  return [e.reshape(y!, [size.channels, positions(size)]), mean!, variance!];
}

/** What a batch norm divides by, √(σ² + ε), and the slope that it has then, γ / √(σ² + ε): both [C]. */
export interface Spread {
  readonly deviation: string;
  readonly slope: string;
}

/** The spreads of several batch norms, whose vectors are short, at once. */
export function spreads(
  e: Emitter,
  norms: readonly { readonly scale: string; readonly variance: string; readonly channels: number }[],
  epsilon: number,
): Spread[] {
  const variances = joined(
    e,
    norms.map(({ variance }) => variance),
  );
  const scales = joined(
    e,
    norms.map(({ scale }) => scale),
  );
  const lengths = norms.map(({ channels }) => channels);
  const deviation = e.emit("Sqrt", [e.emit("Add", [variances, e.scalar(epsilon)])]);
  const slopes = parted(e, e.emit("Div", [scales, deviation]), lengths);
  return parted(e, deviation, lengths).map((deviation, i) => ({ deviation, slope: slopes[i]! }));
}

/**
 * -> dx [C, P], dscale [C], dbias [C]. With a = γ / √(σ² + ε),
 * dx = a (dy − ((x − μ) / √(σ² + ε) · dγ / P + dβ / P)): the inner bracket is one pass of the inference operator.
 */
export function batchNormGradient(
  e: Emitter,
  { x, mean, variance }: Names,
  { deviation, slope }: Spread,
  dy: string,
  size: Extent,
  epsilon: number,
): string[] {
  const dbias = e.emit("ReduceSum", [dy, e.ints([1])], { keepdims: attribute.int(0) });
  const dot = e.reshape(rowDot(e, dy, x, size), [size.channels]);
  const dscale = e.emit("Div", [e.emit("Sub", [dot, e.emit("Mul", [mean, dbias])]), deviation]);
  const share = (total: string) => e.emit("Mul", [total, e.scalar(1 / positions(size))]);
  const along = normalise(e, [x, share(dscale), share(dbias), mean, variance], size, epsilon);
  const column = e.reshape(slope, [size.channels, 1]);
  return [e.emit("Mul", [e.emit("Sub", [dy, along]), column]), dscale, dbias];
}
