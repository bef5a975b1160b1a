import {
  broadcast,
  elements,
  known,
  normaliseAxes,
  ShapeError,
  sameShape,
  shapeText,
} from "../graph/shape.ts";
import { defineOp, type Gradients, type Shape, stop, type TensorType, type Value } from "../graph/value.ts";
import { multiply } from "./elementwise.ts";

/** The same elements in another shape. At most one dimension may be a name, and it must be in both. */
// dx = dy in the shape of x
export const reshape = defineOp(
  {
    name: "reshape",
    infer: ([x]: readonly TensorType[], { shape }: { shape: Shape }) => {
      const numeric = (s: Shape) => elements(s.filter((dim) => typeof dim === "number"));
      const names = (s: Shape) => s.filter((dim) => typeof dim === "string").join();
      if (numeric(x!.shape) !== numeric(shape) || names(x!.shape) !== names(shape))
        throw new ShapeError("reshape", `${shapeText(x!.shape)} does not fill ${shapeText(shape)}.`);
      return [{ shape, dtype: x!.dtype }];
    },
    gradient: ({ inputs: [x] }, [dy]): Gradients => [reshape(dy!, x!.shape)],
  },
  (build) =>
    (x: Value, shape: Shape): Value =>
      sameShape(x.shape, shape) ? x : build([x], { shape })[0]!,
);

/** Output axis i is input axis `order[i]`. */
// dx = dy with its axes put back
export const transpose = defineOp(
  {
    name: "transpose",
    infer: ([x]: readonly TensorType[], { order }: { order: readonly number[] }) => {
      if (
        !sameShape(
          [...order].sort((a, b) => a - b),
          [...x!.shape.keys()],
        )
      )
        throw new ShapeError("transpose", `[${order}] is no order of the axes of ${shapeText(x!.shape)}.`);
      return [{ shape: order.map((axis) => x!.shape[axis]!), dtype: x!.dtype }];
    },
    gradient: ({ attributes: { order } }, [dy]): Gradients => [
      transpose(
        dy!,
        [...order.keys()].map((axis) => order.indexOf(axis)),
      ),
    ],
  },
  (build) =>
    (x: Value, order: readonly number[]): Value =>
      build([x], { order })[0]!,
);

/** Repeats axes of size 1 (or missing ones in front) up to `shape`. */
// dx = Σ dy over the repeated axes
export const broadcastTo = defineOp(
  {
    name: "broadcastTo",
    infer: ([x]: readonly TensorType[], { shape }: { shape: Shape }) => {
      if (!sameShape(broadcast("broadcastTo", x!.shape, shape), shape))
        throw new ShapeError("broadcastTo", `${shapeText(x!.shape)} does not grow to ${shapeText(shape)}.`);
      return [{ shape, dtype: x!.dtype }];
    },
    gradient: (_, [dy]): Gradients => [dy],
  },
  (build) =>
    (x: Value, shape: Shape): Value =>
      sameShape(x.shape, shape) ? x : build([x], { shape })[0]!,
);

/** What becomes one number: the axes, and whether they stay as axes of size 1. */
export interface Reduction {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

const reduced = (x: TensorType, { axes, keepDims }: Reduction): TensorType => ({
  dtype: x.dtype,
  shape: keepDims
    ? x.shape.map((dim, i) => (axes.includes(i) ? 1 : dim))
    : x.shape.filter((_, i) => !axes.includes(i)),
});

/** The reduced value's shape with the reduced axes kept as 1, so that it broadcasts against the input. */
const kept = (x: TensorType, axes: readonly number[]): Shape => reduced(x, { axes, keepDims: true }).shape;

/** The sum over `axes`. */
// dx = dy, repeated over the axes
export const sum = defineOp(
  {
    name: "sum",
    infer: ([x]: readonly TensorType[], reduction: Reduction) => [reduced(x!, reduction)],
    gradient: ({ inputs: [x], attributes: { axes } }, [dy]): Gradients => [
      broadcastTo(reshape(dy!, kept(x!, axes)), x!.shape),
    ],
  },
  (build) =>
    (x: Value, axes: readonly number[] = [...x.shape.keys()], keepDims = false): Value =>
      build([x], { axes: normaliseAxes("sum", axes, x.shape.length), keepDims })[0]!,
);

/** The largest element over `axes`. Used to steady exponentials, where its gradient cancels. */
export const max = defineOp(
  {
    name: "max",
    infer: ([x]: readonly TensorType[], reduction: Reduction) => [reduced(x!, reduction)],
    gradient: stop("used only where it cancels"),
  },
  (build) =>
    (x: Value, axes: readonly number[], keepDims = false): Value =>
      build([x], { axes: normaliseAxes("max", axes, x.shape.length), keepDims })[0]!,
);

/** Puts values one after the other along `axis`. */
// each gets its own slice of dy
export const concat = defineOp(
  {
    name: "concat",
    infer: (values: readonly TensorType[], { axis }: { axis: number }) => {
      const [first] = values;
      for (const value of values) {
        if (!sameShape(value.shape.toSpliced(axis, 1), first!.shape.toSpliced(axis, 1)))
          throw new ShapeError(
            "concat",
            `${shapeText(first!.shape)} and ${shapeText(value.shape)} differ beside axis ${axis}.`,
          );
      }
      const total = values.reduce((n, value) => n + known(value.shape[axis], "concat"), 0);
      return [{ shape: first!.shape.with(axis, total), dtype: first!.dtype }];
    },
    gradient: ({ inputs, attributes: { axis } }, [dy]): Gradients => {
      let start = 0;
      return inputs.map((value) => {
        const size = known(value.shape[axis], "concat");
        start += size;
        return slice(dy!, axis, start - size, start);
      });
    },
  },
  (build) =>
    (values: readonly Value[], axis: number): Value =>
      build(values, { axis })[0]!,
);

/** The elements from `start` up to, not including, `end` along `axis`. */
// dx = dy with zeros where nothing was taken
export const slice = defineOp(
  {
    name: "slice",
    infer: (
      [x]: readonly TensorType[],
      { axis, start, end }: { axis: number; start: number; end: number },
    ) => {
      const size = known(x!.shape[axis], "slice");
      if (start < 0 || end > size || start >= end)
        throw new ShapeError(
          "slice",
          `${start} to ${end} is not within axis ${axis} of ${shapeText(x!.shape)}.`,
        );
      return [{ shape: x!.shape.with(axis, end - start), dtype: x!.dtype }];
    },
    gradient: ({ inputs: [x], attributes: { axis, start, end } }, [dy]): Gradients => [
      pad(dy!, axis, start, known(x!.shape[axis], "slice") - end),
    ],
  },
  (build) =>
    (x: Value, axis: number, start: number, end: number): Value =>
      build([x], { axis, start, end })[0]!,
);

/** Zeros before and after along `axis`. */
// dx = dy without what was added
export const pad = defineOp(
  {
    name: "pad",
    infer: (
      [x]: readonly TensorType[],
      { axis, before, after }: { axis: number; before: number; after: number },
    ) => [{ shape: x!.shape.with(axis, known(x!.shape[axis], "pad") + before + after), dtype: x!.dtype }],
    gradient: ({ inputs: [x], attributes: { axis, before } }, [dy]): Gradients => [
      slice(dy!, axis, before, before + known(x!.shape[axis], "pad")),
    ],
  },
  (build) =>
    (x: Value, axis: number, before: number, after: number): Value =>
      build([x], { axis, before, after })[0]!,
);

/** The mean over `axes`, whose sizes must be known. */
export function mean(x: Value, axes: readonly number[], keepDims = false): Value {
  const count = elements(normaliseAxes("mean", axes, x.shape.length).map((axis) => x.shape[axis]!));
  return multiply(sum(x, axes, keepDims), 1 / count);
}
