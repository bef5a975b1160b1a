import {
  batchNorm2d,
  conv2d,
  dropout,
  globalAveragePool,
  linear,
  named,
  relu6,
  residual,
  sequential,
} from "../nn/layers.ts";
import type { Layer } from "../nn/scope.ts";
import type { Padding } from "../ops/conv.ts";
import type { Network } from "./network.ts";

/**
 * MobileNetV2 (Sandler et al. 2018, "Inverted Residuals and Linear Bottlenecks", table 2), with
 * torchvision's names and, in strided windows, the one-sided padding that TensorFlow's weights expect.
 */

/** Zeros around a 3×3 window: with stride 2 at the bottom and the right only (TensorFlow's "SAME", even sizes). */
const around = (stride: number): Padding => (stride === 2 ? [0, 0, 1, 1] : [1, 1, 1, 1]);

const convNormRelu = (inputs: number, outputs: number, kernel: number, stride = 1, groups = 1): Layer =>
  sequential(
    conv2d(inputs, outputs, {
      kernel,
      stride,
      groups,
      padding: kernel === 3 ? around(stride) : 0,
      bias: false,
    }),
    batchNorm2d(outputs),
    relu6(),
  );

/** Widens by `expansion`, filters each channel by itself, narrows without a rectifier. */
function invertedResidual(inputs: number, outputs: number, stride: number, expansion: number): Layer {
  const hidden = inputs * expansion;
  const parts = [
    ...(expansion === 1 ? [] : [convNormRelu(inputs, hidden, 1)]),
    convNormRelu(hidden, hidden, 3, stride, hidden),
    conv2d(hidden, outputs, { kernel: 1, bias: false }),
    batchNorm2d(outputs),
  ];
  const branch = named(["conv", sequential(...parts)]);
  return stride === 1 && inputs === outputs ? residual(branch) : branch;
}

/** Expansion, channels, repeats and first stride of each stage: table 2, lines 2 to 8. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** MobileNetV2 at width 1 for so many classes, with the names of torchvision's weights. */
export function mobilenetV2(classes: number): Network {
  const layers: Layer[] = [convNormRelu(3, 32, 3, 2)];
  let inputs = 32;
  for (const [expansion, channels, repeats, stride] of STAGES) {
    for (let i = 0; i < repeats; i++) {
      layers.push(invertedResidual(inputs, channels, i === 0 ? stride : 1, expansion));
      inputs = channels;
    }
  }
  layers.push(convNormRelu(inputs, 1280, 1));
  return {
    name: "mobilenetv2",
    features: 1280,
    backbone: named(["features", sequential(...layers)], ["", globalAveragePool()]),
    head: named(["classifier", sequential(dropout(0.2), linear(1280, classes))]),
    stages: layers.map((_, i) => `features.${i}`),
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
  };
}
