import { ShapeError } from "../graph/shape.ts";
import { defineOp, type Shape, stop, type TensorType, type Value } from "../graph/value.ts";

/**
 * Uniform numbers in [0, 1) from a counter: the same seed and stream give the same numbers on every
 * machine, so that a run that goes on from a checkpoint drops the same units as one that never stopped.
 * seed: int64 scalar, below 2^31 -> float32 of `shape`. Each element's index is hashed by a chain of
 * multiplications and xor-shifts of 32-bit words (in the manner of C. Wellons, "Prospecting for hash functions", 2018).
 */
export const uniform = defineOp(
  {
    name: "uniform",
    infer: ([seed]: readonly TensorType[], { shape }: { shape: Shape; stream: number }) => {
      if (seed!.dtype !== "int64")
        throw new ShapeError("uniform", `the seed is ${seed!.dtype}, wanted int64.`);
      return [{ shape, dtype: "float32" }];
    },
    gradient: stop("random numbers depend on nothing that is trained"),
  },
  (build) =>
    (seed: Value, shape: Shape, stream: number): Value =>
      build([seed], { shape, stream })[0]!,
);

/** The words and shifts of the hash, shared with the reference interpreter. */
export const HASH = {
  spread: 0x1b873593,
  first: 0x2c1b3c6d,
  second: 0x297a2d39,
  shifts: [12, 12, 15],
} as const;
