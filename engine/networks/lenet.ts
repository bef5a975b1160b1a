import { conv2d, flatten, linear, maxPool, relu, sequential } from "../nn/layers.ts";
import type { Layer } from "../nn/scope.ts";

/** LeNet-5 (LeCun et al. 1998) with today's rectifiers and pooling. [N, 1, 28, 28] -> [N, classes] */
export const lenet5 = (classes: number): Layer =>
  sequential(
    conv2d(1, 6, { kernel: 5, padding: 2 }),
    relu(),
    maxPool(2),
    conv2d(6, 16, { kernel: 5 }),
    relu(),
    maxPool(2),
    flatten(),
    linear(400, 120),
    relu(),
    linear(120, 84),
    relu(),
    linear(84, classes),
  );
