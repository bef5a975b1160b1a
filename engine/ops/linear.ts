import { broadcast, elements, ShapeError, shapeText } from "../graph/shape.ts";
import { defineOp, type Gradients, type TensorType, type Value } from "../graph/value.ts";
import { exp, multiply, subtract } from "./elementwise.ts";
import { reshape, sum, transpose } from "./shape.ts";

const swapLast = (x: Value): Value => {
  const axes = [...x.shape.keys()];
  return transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
};

const asRows = (x: Value): Value => reshape(x, [elements(x.shape.slice(0, -1)), x.shape.at(-1)!]);

const same = (x: Value): Value => x;

/** Matrix product over the last two axes, [.., M, K] · [.., K, N] -> [.., M, N]; leading axes broadcast. */
// d(ab) = da b + a db, so  da = dy bᵀ,  db = aᵀ dy
export const matmul = defineOp(
  {
    name: "matmul",
    infer: ([a, b]: readonly TensorType[]) => {
      const [m, k] = a!.shape.slice(-2);
      const [inner, n] = b!.shape.slice(-2);
      if (k === undefined || inner !== k)
        throw new ShapeError(
          "matmul",
          `${shapeText(a!.shape)} · ${shapeText(b!.shape)}: ${k} columns meet ${inner} rows.`,
        );
      const lead = broadcast("matmul", a!.shape.slice(0, -2), b!.shape.slice(0, -2));
      return [{ shape: [...lead, m!, n!], dtype: a!.dtype }];
    },
    gradient: ({ inputs: [a, b] }, [dy]): Gradients => {
      // Rows that meet one matrix are one matrix, and need no sum over the leading axes.
      const rows = b!.shape.length === 2 && a!.shape.every((dim) => typeof dim === "number") ? asRows : same;
      return [matmul(dy!, swapLast(b!)), matmul(swapLast(rows(a!)), rows(dy!))];
    },
  },
  (build) =>
    (a: Value, b: Value): Value =>
      build([a, b], {})[0]!,
);

/** The axis along which something is normalised. */
export interface Axis {
  readonly axis: number;
}

/** exp(x) / Σ exp(x) along `axis`. */
// dx = y (dy − Σ y dy)
export const softmax = defineOp(
  {
    name: "softmax",
    infer: ([x]: readonly TensorType[], _: Axis) => [x!],
    gradient: ({ outputs: [y], attributes: { axis } }, [dy]): Gradients => [
      multiply(y!, subtract(dy!, sum(multiply(y!, dy!), [axis], true))),
    ],
  },
  (build) =>
    (x: Value, axis: number): Value =>
      build([x], { axis })[0]!,
);

/** x − log Σ exp(x) along `axis`. */
// dx = dy − exp(y) Σ dy
export const logSoftmax = defineOp(
  {
    name: "logSoftmax",
    infer: ([x]: readonly TensorType[], _: Axis) => [x!],
    gradient: ({ outputs: [y], attributes: { axis } }, [dy]): Gradients => [
      subtract(dy!, multiply(exp(y!), sum(dy!, [axis], true))),
    ],
  },
  (build) =>
    (x: Value, axis: number): Value =>
      build([x], { axis })[0]!,
);
