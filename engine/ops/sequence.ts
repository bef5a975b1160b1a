import { expectRank, ShapeError } from "../graph/shape.ts";
import { defineOp, type Gradients, type Shape, stop, type TensorType, type Value } from "../graph/value.ts";

const expectIndices = (name: string, ids: TensorType): void => {
  if (ids.dtype !== "int64") throw new ShapeError(name, `the indices are ${ids.dtype}, wanted int64.`);
};

/** Rows of a table by their numbers. table: [V, E], ids: int64 of any shape, each 0 to V − 1 -> [...ids, E]. */
// dtable = the sum of dy over the places where a row was taken
export const embedding = defineOp(
  {
    name: "embedding",
    infer: ([table, ids]: readonly TensorType[]) => {
      expectRank("embedding", "the table", table!, 2);
      expectIndices("embedding", ids!);
      return [{ shape: [...ids!.shape, table!.shape[1]!], dtype: table!.dtype }];
    },
    gradient: ({ inputs: [table, ids] }, [dy]): Gradients => [embeddingGradient(ids!, dy!, table!.shape)],
  },
  (build) =>
    (table: Value, ids: Value): Value =>
      build([table, ids], {})[0]!,
);

/** The adjoint of `embedding`: adds rows dy [...ids, E] into a table [V, E] (`shape`) of zeros, where ids say. */
// linear in dy: with g the gradient of the table,  d(dy) = the rows of g
export const embeddingGradient = defineOp(
  {
    name: "embeddingGradient",
    infer: ([ids, dy]: readonly TensorType[], { shape }: { shape: Shape }) => {
      expectIndices("embeddingGradient", ids!);
      expectRank("embeddingGradient", "dy", dy!, ids!.shape.length + 1);
      return [{ shape, dtype: dy!.dtype }];
    },
    gradient: ({ inputs: [ids] }, [g]): Gradients => [undefined, embedding(g!, ids!)],
  },
  (build) =>
    (ids: Value, dy: Value, shape: Shape): Value =>
      build([ids, dy], { shape })[0]!,
);

/** 1 at the steps that a sequence has, 0 behind its end. x: [T, N, ...], lengths: int64 [N] -> [T, N, 1]. */
export const stepMask = defineOp(
  {
    name: "stepMask",
    infer: ([x, lengths]: readonly TensorType[]) => {
      if (lengths!.dtype !== "int64")
        throw new ShapeError("stepMask", `the lengths are ${lengths!.dtype}, wanted int64.`);
      return [{ shape: [x!.shape[0]!, x!.shape[1]!, 1], dtype: "float32" }];
    },
    gradient: stop("lengths are whole numbers"),
  },
  (build) =>
    (x: Value, lengths: Value): Value =>
      build([x, lengths], {})[0]!,
);
