import type { Rng } from "../random.ts";

/** Fills a new tensor of this shape. */
export type Initialiser = (shape: readonly number[], rng: Rng) => Float32Array;

const filled = (shape: readonly number[], make: () => number): Float32Array => {
  const data = new Float32Array(shape.reduce((n, dim) => n * dim, 1));
  for (let i = 0; i < data.length; i++) data[i] = make();
  return data;
};

/** Nothing but 0, as biases begin. */
export const zeros: Initialiser = (shape) => filled(shape, () => 0);

/** Nothing but 1, as the scales of normalisation begin. */
export const ones: Initialiser = (shape) => filled(shape, () => 1);

/** Normal with variance 2 / fan-out, for layers that a ReLU follows (He et al. 2015, §2.2). Weight: [K, C, R, S]. */
export const heNormal: Initialiser = (shape, rng) => {
  const fanOut = shape[0]! * shape.slice(2).reduce((n, dim) => n * dim, 1);
  const deviation = Math.sqrt(2 / fanOut);
  return filled(shape, () => deviation * rng.normal());
};

/** Uniform within ±1 / √fan-in, as PyTorch starts linear layers. Weight: [out, in], or [out, ...in]. */
export const fanInUniform =
  (fanIn: number): Initialiser =>
  (shape, rng) => {
    const bound = 1 / Math.sqrt(fanIn);
    return filled(shape, () => rng.uniform(-bound, bound));
  };
