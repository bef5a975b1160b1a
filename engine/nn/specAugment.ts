import { known } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import { add, cast, greater, multiply, subtract } from "../ops/elementwise.ts";
import { constant } from "../ops/leaf.ts";
import { uniform } from "../ops/random.ts";
import { reshape, slice } from "../ops/shape.ts";
import { stream } from "./layers.ts";
import type { Layer } from "./scope.ts";

/** How many stretches are blanked, and how wide each may be. */
export interface SpecAugment {
  /** Masks over time, and their largest width in frames. */
  readonly timeMasks: number;
  readonly timeWidth: number;
  /** Masks over channels, and their largest width in channels. */
  readonly melMasks: number;
  readonly melWidth: number;
}

/**
 * Blanks stretches of time and of channels of normalised features, [N, T, C], in training (SpecAugment, Park et al.
 * 2019, without time warping); does nothing in inference. Every example has its own masks: a width uniform in 0 … the
 * largest, then a place uniform among those where it fits. They depend on the step's seed and the layer's place alone.
 */
export function specAugment({ timeMasks, timeWidth, melMasks, melWidth }: SpecAugment): Layer {
  return (x, scope) => {
    const { training, seed } = scope.mode;
    const masks = timeMasks + melMasks;
    if (!training || masks === 0) return x;
    if (!seed) throw new Error("specAugment: the training mode has no seed.");
    const [n, t, c] = x.shape.map((dim) => known(dim, "specAugment")) as [number, number, number];
    if (timeWidth > t || melWidth > c)
      throw new RangeError(
        `specAugment: masks of ${timeWidth} × ${melWidth} do not fit into ${t} × ${c} features.`,
      );
    const draws = uniform(seed, [n, 2 * masks], stream(scope.path));
    let result = x;
    for (let mask = 0; mask < masks; mask++) {
      const draw = (i: number) => reshape(slice(draws, 1, 2 * mask + i, 2 * mask + i + 1), [n, 1, 1]);
      const [size, widest, shape] = mask < timeMasks ? [t, timeWidth, [1, t, 1]] : [c, melWidth, [1, 1, c]];
      result = multiply(result, kept(draw(0), draw(1), size, widest, shape));
    }
    return result;
  };
}

/** 0 at the places that one mask covers, 1 elsewhere: [N, T, 1] or [N, 1, C]. */
function kept(width: Value, place: Value, size: number, widest: number, shape: readonly number[]): Value {
  const wide = multiply(width, widest);
  const start = multiply(place, subtract(size, wide));
  const ends = constant(
    Float32Array.from({ length: size }, (_, i) => i + 1),
    shape,
  );
  const after = (edge: Value) => cast(greater(ends, edge), "float32");
  // A place is covered if it ends within the mask: behind the start, not behind the end.
  return subtract(1, subtract(after(start), after(add(start, wide))));
}
