import { defineOp, type Gradients, missing, type TensorType, type Value } from "../graph/value.ts";
import { type Padding, type Window, windowed } from "./conv.ts";

/** A square window that moves over a picture. */
export interface Pooling extends Window {
  readonly kernel: number;
}

/** The largest value in each window. x: [N, C, H, W] -> [N, C, H', W']. */
// dx = dy at the largest element of each window, 0 elsewhere; windows that overlap add up
export const maxPool2d = defineOp(
  {
    name: "maxPool2d",
    infer: ([x]: readonly TensorType[], pooling: Pooling) => {
      const size = windowed("maxPool2d", x!, [pooling.kernel, pooling.kernel], pooling);
      return [{ shape: [...x!.shape.slice(0, 2), ...size], dtype: x!.dtype }];
    },
    gradient: ({ inputs: [x], outputs: [y], attributes }, [dy]): Gradients => [
      maxPool2dGradient(x!, y!, dy!, attributes),
    ],
  },
  (build) =>
    (
      x: Value,
      kernel: number,
      { stride = kernel, padding = [0, 0, 0, 0] as Padding }: Partial<Window> = {},
    ): Value =>
      build([x], { kernel, stride, padding })[0]!,
);

/** The gradient of `maxPool2d`. Of equal largest elements in a window, one gets it all. */
export const maxPool2dGradient = defineOp(
  {
    name: "maxPool2dGradient",
    infer: ([x]: readonly TensorType[], _: Pooling) => [x!],
    gradient: missing("second derivatives through the choice of the largest are not offered"),
  },
  (build) =>
    (x: Value, y: Value, dy: Value, pooling: Pooling): Value =>
      build([x, y, dy], pooling)[0]!,
);
