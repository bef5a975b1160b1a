import { broadcast, ShapeError } from "../graph/shape.ts";
import {
  type DType,
  defineOp,
  type GradientRule,
  type Gradients,
  type Stop,
  stop,
  type TensorType,
  type Value,
} from "../graph/value.ts";
import { constant } from "./leaf.ts";

type None = Readonly<Record<string, never>>;
const none: None = {};

/** Gradients come back in the output's shape; autodiff sums them over broadcast axes, once for all. */
const binary = (name: string, gradient: GradientRule<None> | Stop, dtype?: DType) =>
  defineOp(
    {
      name,
      infer: ([a, b]: readonly TensorType[]) => {
        if (a!.dtype !== b!.dtype)
          throw new ShapeError(name, `${a!.dtype} and ${b!.dtype} do not mix; cast one.`);
        return [{ shape: broadcast(name, a!.shape, b!.shape), dtype: dtype ?? a!.dtype }];
      },
      gradient,
    },
    (build) =>
      (a: Value | number, b: Value | number): Value =>
        build([lift(a), lift(b)], none)[0]!,
  );

const unary = (name: string, gradient: GradientRule<None> | Stop) =>
  defineOp(
    { name, infer: ([x]: readonly TensorType[]) => [x!], gradient },
    (build) =>
      (x: Value): Value =>
        build([x], none)[0]!,
  );

const lift = (x: Value | number): Value => (typeof x === "number" ? constant(x) : x);

// d(a + b) = da + db
export const add = binary("add", (_, [dy]) => [dy, dy]);

// d(a − b) = da − db
export const subtract = binary("subtract", (_, [dy]) => [dy, negate(dy!)]);

// d(ab) = b da + a db
export const multiply = binary("multiply", ({ inputs: [a, b] }, [dy]) => [
  multiply(dy!, b!),
  multiply(dy!, a!),
]);

// d(a/b) = da / b − (a/b) db / b
export const divide = binary("divide", ({ inputs: [, b], outputs: [y] }, [dy]) => {
  const da = divide(dy!, b!);
  return [da, negate(multiply(da, y!))];
});

/** The larger of both; where they are equal the gradient goes to the first. */
// d max(a, b) = [a ≥ b] da + [a < b] db
export const maximum = binary("maximum", ({ inputs: [a, b] }, [dy]) => {
  const second = cast(greater(b!, a!), "float32");
  return [multiply(dy!, subtract(1, second)), multiply(dy!, second)];
});

/** Whether the first is the larger, as bool. */
export const greater = binary("greater", stop("piecewise constant"), "bool");

/** Whether both are the same, as bool. */
export const equal = binary("equal", stop("piecewise constant"), "bool");

// d(−x) = −dx
export const negate = unary("negate", (_, [dy]) => [negate(dy!)]);

// d exp = y dx
export const exp = unary("exp", ({ outputs: [y] }, [dy]) => [multiply(dy!, y!)]);

// d log = dx / x
export const log = unary("log", ({ inputs: [x] }, [dy]) => [divide(dy!, x!)]);

// d √x = dx / 2y
export const sqrt = unary("sqrt", ({ outputs: [y] }, [dy]) => [divide(multiply(dy!, 0.5), y!)]);

// d tanh = (1 − y²) dx
export const tanh = unary("tanh", ({ outputs: [y] }, [dy]) => [multiply(dy!, subtract(1, multiply(y!, y!)))]);

// d σ = y (1 − y) dx
export const sigmoid = unary("sigmoid", ({ outputs: [y] }, [dy]) => [
  multiply(dy!, multiply(y!, subtract(1, y!))),
]);

// d cos = −sin dx
export const cos = unary("cos", ({ inputs: [x] }, [dy]) => [negate(multiply(dy!, sin(x!)))]);

// d sin = cos dx
export const sin = unary("sin", ({ inputs: [x] }, [dy]) => [multiply(dy!, cos(x!))]);

// d |x| = sign(x) dx
export const abs = unary("abs", ({ inputs: [x] }, [dy]) => [multiply(dy!, sign(x!))]);

/** −1, 0 or 1. */
export const sign = unary("sign", stop("piecewise constant"));

// d relu = [y > 0] dx
export const relu = unary("relu", ({ outputs: [y] }, [dy]) => [multiply(dy!, positive(y!))]);

/** min(max(x, 0), 6), the rectifier of MobileNets (Krizhevsky 2010). */
// d relu6 = [0 < y < 6] dx
export const relu6 = unary("relu6", ({ outputs: [y] }, [dy]) => [multiply(dy!, inside6(y!))]);

/** 1 where x > 0, else 0, as float32: the mask of a ReLU. */
export const positive = unary("positive", stop("piecewise constant"));

/** 1 where 0 < x < 6, else 0, as float32: the mask of a ReLU6. */
export const inside6 = unary("inside6", stop("piecewise constant"));

/** Another element type, by value; to bool, whether it is not 0. */
// between floating-point types, dx = dy; whole numbers and truths get none
export const cast = defineOp(
  {
    name: "cast",
    infer: ([x]: readonly TensorType[], { to }: { to: DType }) => [{ shape: x!.shape, dtype: to }],
    gradient: ({ inputs: [x] }, [dy]): Gradients => [x!.dtype === "float32" ? dy : undefined],
  },
  (build) =>
    (x: Value, to: DType): Value =>
      build([x], { to })[0]!,
);

/** `then` where the condition holds, `otherwise` elsewhere; all three broadcast. */
// d(then) = dy where the condition holds, d(otherwise) = dy elsewhere
export const where = defineOp(
  {
    name: "where",
    infer: ([condition, a, b]: readonly TensorType[]) => {
      if (condition!.dtype !== "bool")
        throw new ShapeError("where", `the condition is ${condition!.dtype}, wanted bool.`);
      return [
        {
          shape: broadcast("where", condition!.shape, broadcast("where", a!.shape, b!.shape)),
          dtype: a!.dtype,
        },
      ];
    },
    gradient: ({ inputs: [condition] }, [dy]): Gradients => [
      undefined,
      where(condition!, dy!, 0),
      where(condition!, 0, dy!),
    ],
  },
  (build) =>
    (condition: Value, then: Value | number, otherwise: Value | number): Value =>
      build([condition, lift(then), lift(otherwise)], none)[0]!,
);
