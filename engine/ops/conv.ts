import { expectRank, known, ShapeError, sameShape, shapeText } from "../graph/shape.ts";
import { defineOp, type Gradients, type Shape, type TensorType, type Value } from "../graph/value.ts";

/** Zeros added around a picture: top, left, bottom, right. */
export type Padding = readonly [number, number, number, number];

/** How a window moves over a picture. */
export interface Window {
  readonly stride: number;
  readonly padding: Padding;
}

/** How filters move over a picture. */
export interface Convolution extends Window {
  /** Channels fall into this many groups, each with its own filters; as many as channels is depthwise. */
  readonly groups: number;
}

/** Positions of a window of `kernel` along `size` pixels with so many zeros on both sides together. */
export const extent = (size: number, kernel: number, stride: number, zeros: number): number =>
  Math.floor((size + zeros - kernel) / stride) + 1;

/** [N, C, H, W] and a window -> output height and width. */
export function windowed(
  name: string,
  x: TensorType,
  kernel: readonly [number, number],
  { stride, padding }: Window,
) {
  expectRank(name, "the input", x, 4);
  const [top, left, bottom, right] = padding;
  const height = extent(known(x.shape[2], name), kernel[0], stride, top + bottom);
  const width = extent(known(x.shape[3], name), kernel[1], stride, left + right);
  if (height < 1 || width < 1)
    throw new ShapeError(
      name,
      `a window of ${kernel.join("×")} does not fit into ${shapeText(x.shape)}. Use a larger input.`,
    );
  return [height, width] as const;
}

const kernelOf = (weight: TensorType, name: string): readonly [number, number] => [
  known(weight.shape[2], name),
  known(weight.shape[3], name),
];

/**
 * Cross-correlation of pictures with filters, as in every deep-learning library.
 * x: [N, C, H, W], weight: [K, C / groups, R, S] -> [N, K, H', W'].
 */
// dx = w ⋆ᵀ dy,  dw = x ⋆ dy
export const conv2d = defineOp(
  {
    name: "conv2d",
    infer: ([x, weight]: readonly TensorType[], options: Convolution) => {
      expectRank("conv2d", "the weight", weight!, 4);
      const size = windowed("conv2d", x!, kernelOf(weight!, "conv2d"), options);
      const [n, channels] = x!.shape;
      const [filters, perGroup] = weight!.shape;
      if (known(channels, "conv2d") !== known(perGroup, "conv2d") * options.groups)
        throw new ShapeError(
          "conv2d",
          `the input has ${channels} channels, the weight wants ${known(perGroup, "conv2d") * options.groups}.`,
        );
      if (known(filters, "conv2d") % options.groups !== 0)
        throw new ShapeError("conv2d", `${filters} filters do not fall into ${options.groups} groups.`);
      return [{ shape: [n!, filters!, ...size], dtype: x!.dtype }];
    },
    gradient: ({ inputs: [x, weight], attributes }, [dy]): Gradients => [
      conv2dInputGradient(dy!, weight!, x!.shape, attributes),
      conv2dWeightGradient(x!, dy!, weight!.shape, attributes),
    ],
  },
  (build) =>
    (
      x: Value,
      weight: Value,
      { stride = 1, padding = [0, 0, 0, 0], groups = 1 }: Partial<Convolution> = {},
    ): Value =>
      build([x, weight], { stride, padding, groups })[0]!,
);

/** The adjoint of a convolution in one of its two inputs. */
export interface Adjoint extends Convolution {
  /** The shape of what the gradient belongs to. */
  readonly shape: Shape;
}

/** The adjoint of `conv2d` in its input: dy [N, K, H', W'], weight -> dx [N, C, H, W] (`shape`). */
// Linear in both: with g the gradient of dx,  d(dy) = g ⋆ w,  dw = g ⋆ dy
export const conv2dInputGradient = defineOp(
  {
    name: "conv2dInputGradient",
    infer: ([dy, weight]: readonly TensorType[], adjoint: Adjoint) => {
      expectOutput("conv2dInputGradient", dy!, { shape: adjoint.shape, dtype: dy!.dtype }, weight!, adjoint);
      return [{ shape: adjoint.shape, dtype: dy!.dtype }];
    },
    gradient: ({ inputs: [dy, weight], attributes }, [g]): Gradients => [
      conv2d(g!, weight!, attributes),
      conv2dWeightGradient(g!, dy!, weight!.shape, attributes),
    ],
  },
  (build) =>
    (dy: Value, weight: Value, shape: Shape, { stride, padding, groups }: Convolution): Value =>
      build([dy, weight], { stride, padding, groups, shape })[0]!,
);

/** The adjoint of `conv2d` in its weight: x [N, C, H, W], dy [N, K, H', W'] -> dw [K, C / groups, R, S] (`shape`). */
// Linear in both: with g the gradient of dw,  dx = g ⋆ᵀ dy,  d(dy) = x ⋆ g
export const conv2dWeightGradient = defineOp(
  {
    name: "conv2dWeightGradient",
    infer: ([x, dy]: readonly TensorType[], adjoint: Adjoint) => {
      expectOutput("conv2dWeightGradient", dy!, x!, { shape: adjoint.shape, dtype: x!.dtype }, adjoint);
      return [{ shape: adjoint.shape, dtype: x!.dtype }];
    },
    gradient: ({ inputs: [x, dy], attributes }, [g]): Gradients => [
      conv2dInputGradient(dy!, g!, x!.shape, attributes),
      conv2d(x!, g!, attributes),
    ],
  },
  (build) =>
    (x: Value, dy: Value, shape: Shape, { stride, padding, groups }: Convolution): Value =>
      build([x, dy], { stride, padding, groups, shape })[0]!,
);

function expectOutput(
  name: string,
  dy: TensorType,
  x: TensorType,
  weight: TensorType,
  options: Convolution,
): void {
  const [y] = conv2d.op.infer([x, weight], options);
  if (!sameShape(y!.shape, dy.shape))
    throw new ShapeError(
      name,
      `dy has shape ${shapeText(dy.shape)}, the convolution gives ${shapeText(y!.shape)}.`,
    );
}
