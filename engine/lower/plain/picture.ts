import { known } from "../../graph/shape.ts";
import type { Shape } from "../../graph/value.ts";
import { attribute } from "../../onnx/build.ts";
import type { Padding, Window } from "../../ops/conv.ts";
import type { Emitter } from "../emitter.ts";
import type { PlainRules } from "./rule.ts";

const windowAttributes = ({ stride, padding }: Window) => ({
  strides: attribute.ints([stride, stride]),
  pads: attribute.ints(padding),
});

/** Convolution, pooling and normalisation of pictures [N, C, H, W], in the most direct words ONNX has. */
export const picture = {
  conv2d: (e, { inputs: [, weight], attributes }, [x, w]) =>
    e.emit("Conv", [x!, w!], {
      ...windowAttributes(attributes),
      group: attribute.int(attributes.groups),
      kernel_shape: attribute.ints(weight!.shape.slice(2).map(Number)),
    }),

  conv2dInputGradient: (e, { inputs: [dy, weight], attributes }, [g, w]) => {
    const { shape, stride, padding, groups } = attributes;
    const [top, left, bottom, right] = padding;
    const over = (axis: number, zeros: number) =>
      known(shape[axis], "dx") + zeros - (Number(dy!.shape[axis]) - 1) * stride - Number(weight!.shape[axis]);
    return e.emit("ConvTranspose", [g!, w!], {
      ...windowAttributes(attributes),
      group: attribute.int(groups),
      kernel_shape: attribute.ints(weight!.shape.slice(2).map(Number)),
      output_padding: attribute.ints([over(2, top + bottom), over(3, left + right)]),
    });
  },

  // dw of each tap is a product of matrices: dy [N, G, K, P] with the input seen through that tap, [N, G, P, C].
  conv2dWeightGradient: (e, { inputs: [x, dy], attributes }, [input, g]) => {
    const { shape, groups, padding, stride } = attributes;
    const [filters, perGroup, height, width] = shape.map(Number) as [number, number, number, number];
    const [n, , rows, columns] = dy!.shape.map(Number) as [number, number, number, number];
    const grouped = (value: string, channels: number) =>
      e.reshape(value, [n, groups, channels / groups, rows * columns]);
    const padded = padRows(e, input!, padding);
    const upstream = grouped(g!, filters);
    const taps = Array.from({ length: height * width }, (_, tap) => {
      const from = [Math.floor(tap / width), tap % width];
      const to = [from[0]! + stride * (rows - 1) + 1, from[1]! + stride * (columns - 1) + 1];
      const seen = e.emit("Slice", [
        padded,
        e.ints(from),
        e.ints(to),
        e.ints([2, 3]),
        e.ints([stride, stride]),
      ]);
      const columnsOf = e.transpose(grouped(seen, Number(x!.shape[1])), [0, 1, 3, 2]);
      const summed = e.emit("ReduceSum", [e.emit("MatMul", [upstream, columnsOf]), e.ints([0])], {
        keepdims: attribute.int(0),
      });
      return e.reshape(summed, [filters, perGroup, 1]);
    });
    return e.reshape(e.emit("Concat", taps, { axis: attribute.int(2) }), [filters, perGroup, height, width]);
  },

  maxPool2d: (e, { attributes }, [x]) => maxPool(e, x!, attributes, 1)[0]!,

  maxPool2dGradient: (e, { inputs: [value], attributes }, [x, , dy]) => {
    const [, indices] = maxPool(e, x!, attributes, 2);
    const size = value!.shape.reduce<number>((n, dim) => n * Number(dim), 1);
    const zeros = e.emit("ConstantOfShape", [e.ints([size])]);
    const scattered = e.emit("ScatterElements", [zeros, e.reshape(indices!, [-1]), e.reshape(dy!, [-1])], {
      reduction: attribute.string("add"),
    });
    return e.reshape(scattered, value!.shape.map(Number));
  },

  batchNorm: (e, { attributes: { epsilon } }, [x, scale, bias]) => {
    const average = (value: string) => e.emit("ReduceMean", [value, e.ints([0, 2, 3])]);
    const centre = average(x!);
    const centred = e.emit("Sub", [x!, centre]);
    const spread = average(e.emit("Mul", [centred, centred]));
    const unit = e.emit("Div", [centred, e.emit("Sqrt", [e.emit("Add", [spread, e.scalar(epsilon)])])]);
    const y = e.emit("Add", [e.emit("Mul", [unit, channels(e, scale!)]), channels(e, bias!)]);
    return [y, e.reshape(centre, [-1]), e.reshape(spread, [-1])];
  },

  batchNormGradient: (e, { inputs: [value], attributes: { epsilon } }, [x, scale, mean, variance, dy]) => {
    const count = e.scalar(positions(value!.shape));
    const total = (v: string) => e.emit("ReduceSum", [v, e.ints([0, 2, 3])]);
    const deviation = e.emit("Sqrt", [e.emit("Add", [channels(e, variance!), e.scalar(epsilon)])]);
    const unit = e.emit("Div", [e.emit("Sub", [x!, channels(e, mean!)]), deviation]);
    const dbias = total(dy!);
    const dscale = total(e.emit("Mul", [dy!, unit]));
    const along = e.emit("Add", [dbias, e.emit("Mul", [unit, dscale])]);
    const rest = e.emit("Sub", [dy!, e.emit("Div", [along, count])]);
    const dx = e.emit("Mul", [rest, e.emit("Div", [channels(e, scale!), deviation])]);
    return [dx, e.reshape(dscale, [-1]), e.reshape(dbias, [-1])];
  },

  batchNormFrozen: (e, { attributes: { epsilon } }, inputs) =>
    e.emit("BatchNormalization", inputs, { epsilon: attribute.float(epsilon) }),

  channelSum: (e, _, [x]) => e.emit("ReduceSum", [x!, e.ints([0, 2, 3])], { keepdims: attribute.int(0) }),

  channelDot: (e, _, [a, b]) =>
    e.emit("ReduceSum", [e.emit("Mul", [a!, b!]), e.ints([0, 2, 3])], { keepdims: attribute.int(0) }),
} satisfies Partial<PlainRules>;

const positions = (shape: Shape): number => Number(shape[0]) * Number(shape[2]) * Number(shape[3]);

const channels = (e: Emitter, vector: string): string => e.reshape(vector, [1, -1, 1, 1]);

const padRows = (e: Emitter, x: string, [top, left, bottom, right]: Padding): string =>
  e.emit("Pad", [x, e.ints([0, 0, top, left, 0, 0, bottom, right])]);

const maxPool = (
  e: Emitter,
  x: string,
  pooling: Window & { kernel: number },
  outputs: number,
): readonly string[] =>
  e.emitMany("MaxPool", [x], outputs, {
    ...windowAttributes(pooling),
    kernel_shape: attribute.ints([pooling.kernel, pooling.kernel]),
  });
