import { elements, ShapeError } from "../graph/shape.ts";
import { type DType, defineOp, type Shape, stop, type Value } from "../graph/value.ts";

export type ConstantData = Float32Array | BigInt64Array | Uint8Array;

/** A value that is handed in when the graph runs: data, a parameter, a state. */
export const input = defineOp(
  {
    name: "input",
    infer: (_, { shape, dtype }: { name: string; shape: Shape; dtype: DType }) => [{ shape, dtype }],
    gradient: stop("the end of the way back"),
  },
  (build) =>
    (name: string, shape: Shape, dtype: DType = "float32"): Value =>
      build([], { name, shape, dtype })[0]!,
);

/** A tensor that is part of the graph; a plain number makes a float32 scalar. */
export const constant = defineOp(
  {
    name: "constant",
    infer: (_, { data, shape }: { data: ConstantData; shape: readonly number[] }) => {
      if (elements(shape) !== data.length)
        throw new ShapeError("constant", `${data.length} numbers do not fill [${shape}].`);
      const dtype =
        data instanceof Float32Array ? "float32" : data instanceof BigInt64Array ? "int64" : "uint8";
      return [{ shape, dtype }];
    },
    gradient: stop("nothing to change"),
  },
  (build) =>
    (data: ConstantData | number, shape?: readonly number[]): Value => {
      if (typeof data === "number") return build([], { data: Float32Array.of(data), shape: [] })[0]!;
      return build([], { data, shape: shape ?? [data.length] })[0]!;
    },
);
