import { attribute } from "../../onnx/build.ts";
import type { Emitter } from "../emitter.ts";
import { rowDot } from "./conv.ts";
import { type Extent, positions } from "./layout.ts";

/** The statistics' vectors are [C], the pictures [C, P]. */
interface Names {
  readonly x: string;
  readonly scale: string;
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

/** -> y [C, P], mean [C], variance [C], by the runtime's training operator. */
export function batchNorm(
  e: Emitter,
  x: string,
  scale: string,
  bias: string,
  size: Extent,
  epsilon: number,
): string[] {
  // The operator's second and third output overwrite its fourth and fifth input, be they constants: so each
  // gets a buffer of its own, made while the graph runs. With momentum 0 they then hold this batch's
  // statistics, whatever they held before; another number each time, so that no two buffers are merged as equal.
  const own = (vector: string) => e.emit("Add", [vector, e.scalar(e.nodes.length)]);
  const [y, mean, variance] = e.emitMany(
    "BatchNormalization",
    [e.reshape(x, [1, size.channels, positions(size)]), scale, bias, own(scale), own(bias)],
    3,
    { epsilon: attribute.float(epsilon), momentum: attribute.float(0), training_mode: attribute.int(1) },
  );
  return [e.reshape(y!, [size.channels, positions(size)]), mean!, variance!];
}

/**
 * -> dx [C, P], dscale [C], dbias [C]. With a = γ / √(σ² + ε),
 * dx = a dy − ((x − μ) / √(σ² + ε) · a dγ / P + a dβ / P): the bracket is one pass of the inference operator.
 */
export function batchNormGradient(
  e: Emitter,
  { x, scale, mean, variance }: Names,
  dy: string,
  size: Extent,
  epsilon: number,
): string[] {
  const column = (vector: string) => e.reshape(vector, [size.channels, 1]);
  const deviation = e.emit("Sqrt", [e.emit("Add", [variance, e.scalar(epsilon)])]);
  const dbias = e.emit("ReduceSum", [dy, e.ints([1])], { keepdims: attribute.int(0) });
  const dot = e.reshape(rowDot(e, dy, x, size), [size.channels]);
  const dscale = e.emit("Div", [e.emit("Sub", [dot, e.emit("Mul", [mean, dbias])]), deviation]);
  const slope = e.emit("Div", [scale, deviation]);
  const share = e.emit("Mul", [slope, e.scalar(1 / positions(size))]);
  const along = normalise(
    e,
    [x, e.emit("Mul", [share, dscale]), e.emit("Mul", [share, dbias]), mean, variance],
    size,
    epsilon,
  );
  return [e.emit("Sub", [e.emit("Mul", [dy, column(slope)]), along]), dscale, dbias];
}
