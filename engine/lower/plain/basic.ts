import { elements } from "../../graph/shape.ts";
import type { DType, Shape } from "../../graph/value.ts";
import { attribute } from "../../onnx/build.ts";
import { HASH } from "../../ops/random.ts";
import type { Emitter } from "../emitter.ts";
import type { PlainRules } from "./rule.ts";

/** An elementwise operator that ONNX has under this name. */
const direct =
  (op: string) =>
  (e: Emitter, _: unknown, inputs: readonly string[]): string =>
    e.emit(op, inputs);

/** TensorProto.DataType, by ONNX's numbers. */
const TYPE_NUMBERS: { readonly [T in DType]: number } = { float32: 1, uint8: 2, int64: 7, bool: 9 };

/** A known shape as it is; a named dimension as −1, to be worked out from the number of elements. */
const numbers = (shape: Shape): number[] => shape.map((dim) => (typeof dim === "number" ? dim : -1));

// A step from 0 to 1 in one pass: min(1, max(0, slope · x + offset)) with a slope beyond any value that
// occurs. Powers of two, so that the product is exact where the step must be.
const SLOPE = 2 ** 100;
const step = (e: Emitter, x: string, slope: number, offset: number): string =>
  e.emit("HardSigmoid", [x], { alpha: attribute.float(slope), beta: attribute.float(offset) });

export const basic = {
  add: direct("Add"),
  subtract: direct("Sub"),
  multiply: direct("Mul"),
  divide: direct("Div"),
  maximum: direct("Max"),
  greater: direct("Greater"),
  equal: direct("Equal"),
  negate: direct("Neg"),
  exp: direct("Exp"),
  log: direct("Log"),
  sqrt: direct("Sqrt"),
  tanh: direct("Tanh"),
  sigmoid: direct("Sigmoid"),
  cos: direct("Cos"),
  sin: direct("Sin"),
  abs: direct("Abs"),
  sign: direct("Sign"),
  relu: direct("Relu"),
  relu6: (e, _, [x]) => e.emit("Clip", [x!, e.scalar(0), e.scalar(6)]),
  positive: (e, _, [x]) => step(e, x!, SLOPE, 0),
  inside6: (e, _, [x]) => e.emit("Mul", [step(e, x!, SLOPE, 0), step(e, x!, -SLOPE, 6 * SLOPE)]),
  cast: (e, { attributes: { to } }, [x]) => e.emit("Cast", [x!], { to: attribute.int(TYPE_NUMBERS[to]) }),
  where: direct("Where"),
  reshape: (e, { attributes: { shape } }, [x]) => e.reshape(x!, numbers(shape)),
  transpose: (e, { attributes: { order } }, [x]) => e.transpose(x!, order),
  // Expand broadcasts both ways: 1 leaves a dimension as it is, which a named one must be.
  broadcastTo: (e, { attributes: { shape } }, [x]) =>
    e.emit("Expand", [x!, e.ints(shape.map((dim) => (typeof dim === "number" ? dim : 1)))]),
  sum: (e, { attributes: { axes, keepDims } }, [x]) =>
    e.emit("ReduceSum", [x!, e.ints(axes)], { keepdims: attribute.int(Number(keepDims)) }),
  max: (e, { attributes: { axes, keepDims } }, [x]) =>
    e.emit("ReduceMax", [x!, e.ints(axes)], { keepdims: attribute.int(Number(keepDims)) }),
  concat: (e, { attributes: { axis } }, inputs) => e.emit("Concat", inputs, { axis: attribute.int(axis) }),
  slice: (e, { attributes: { axis, start, end } }, [x]) =>
    e.emit("Slice", [x!, e.ints([start]), e.ints([end]), e.ints([axis])]),
  pad: (e, { inputs: [value], attributes: { axis, before, after } }, [x]) => {
    const pads = value!.shape.map(() => 0);
    return e.emit("Pad", [x!, e.ints([...pads.with(axis, before), ...pads.with(axis, after)])]);
  },
  matmul: (e, { inputs: [a, b] }, [left, right]) =>
    a!.shape.length === 2 && b!.shape.length === 2
      ? product(e, left!, right!)
      : e.emit("MatMul", [left!, right!]),
  softmax: (e, { attributes: { axis } }, [x]) => e.emit("Softmax", [x!], { axis: attribute.int(axis) }),
  logSoftmax: (e, { attributes: { axis } }, [x]) => e.emit("LogSoftmax", [x!], { axis: attribute.int(axis) }),
  uniform: (e, { attributes: { shape, stream } }, [seed]) => {
    const start = hash(e, e.emit("Add", [seed!, e.int(stream * HASH.spread)]));
    const index = e.emit("Range", [e.int(0), e.int(elements(shape)), e.int(1)]);
    const bits = e.emit("Div", [hash(e, e.emit("Add", [index, start])), e.int(2 ** 8)]);
    const unit = e.emit("Mul", [
      e.emit("Cast", [bits], { to: attribute.int(TYPE_NUMBERS.float32) }),
      e.scalar(2 ** -24),
    ]);
    return e.reshape(unit, numbers(shape));
  },
} satisfies Partial<PlainRules>;

/** Mixes a word of int64 into 32 bits that look random. */
function hash(e: Emitter, word: string): string {
  const wrap = (x: string) => e.emit("Mod", [x, e.int(2 ** 32)]);
  const fold = (x: string, bits: number) => e.emit("BitwiseXor", [x, e.emit("Div", [x, e.int(2 ** bits)])]);
  const [first, second, third] = HASH.shifts;
  let h = fold(wrap(word), first);
  h = fold(wrap(e.emit("Mul", [h, e.int(HASH.first)])), second);
  return fold(wrap(e.emit("Mul", [h, e.int(HASH.second)])), third);
}

/** The product of two matrices; where one was only just transposed, Gemm does it on the way. */
function product(e: Emitter, left: string, right: string): string {
  const before = (name: string) => {
    const made = e.producer(name);
    return made?.op === "Transpose" ? made.inputs[0]! : undefined;
  };
  const [a, b] = [before(left), before(right)];
  if (a === undefined && b === undefined) return e.emit("MatMul", [left, right]);
  return e.emit("Gemm", [a ?? left, b ?? right], {
    transA: attribute.int(Number(a !== undefined)),
    transB: attribute.int(Number(b !== undefined)),
  });
}
