import {
  batchNorm2d,
  conv2d,
  globalAveragePool,
  linear,
  maxPool,
  named,
  relu,
  residual,
  sequential,
} from "../nn/layers.ts";
import type { Layer } from "../nn/scope.ts";
import type { Network } from "./network.ts";

/**
 * Residual networks (He et al. 2016, "Deep Residual Learning for Image Recognition", table 1), in the form
 * called v1.5: the stride of a bottleneck is in its 3×3 convolution. Names are torchvision's.
 */

/** Two 3×3 convolutions; gives `width` channels. */
const basic = (inputs: number, width: number, stride: number): Layer => {
  const branch = named(
    ["conv1", conv2d(inputs, width, { kernel: 3, stride, padding: 1, bias: false })],
    ["bn1", batchNorm2d(width)],
    ["", relu()],
    ["conv2", conv2d(width, width, { kernel: 3, padding: 1, bias: false })],
    ["bn2", batchNorm2d(width)],
  );
  return named(["", residual(branch, shortcut(inputs, width, stride))], ["", relu()]);
};

/** 1×1 to fewer channels, 3×3, 1×1 to more; gives 4 · `width` channels. */
const bottleneck = (inputs: number, width: number, stride: number): Layer => {
  const outputs = 4 * width;
  const branch = named(
    ["conv1", conv2d(inputs, width, { kernel: 1, bias: false })],
    ["bn1", batchNorm2d(width)],
    ["", relu()],
    ["conv2", conv2d(width, width, { kernel: 3, stride, padding: 1, bias: false })],
    ["bn2", batchNorm2d(width)],
    ["", relu()],
    ["conv3", conv2d(width, outputs, { kernel: 1, bias: false })],
    ["bn3", batchNorm2d(outputs)],
  );
  return named(["", residual(branch, shortcut(inputs, outputs, stride))], ["", relu()]);
};

/** A projection where the sizes differ, else the identity. */
const shortcut = (inputs: number, outputs: number, stride: number): [string, Layer] | undefined =>
  inputs === outputs && stride === 1
    ? undefined
    : [
        "downsample",
        sequential(conv2d(inputs, outputs, { kernel: 1, stride, bias: false }), batchNorm2d(outputs)),
      ];

type Block = typeof basic;

function resnet(name: string, block: Block, expansion: number, depths: readonly number[]) {
  const stage = (inputs: number, width: number, depth: number, stride: number): Layer =>
    sequential(
      ...Array.from({ length: depth }, (_, i) =>
        i === 0 ? block(inputs, width, stride) : block(width * expansion, width, 1),
      ),
    );
  const stem = named(
    ["conv1", conv2d(3, 64, { kernel: 7, stride: 2, padding: 3, bias: false })],
    ["bn1", batchNorm2d(64)],
    ["", relu()],
    ["", maxPool(3, { stride: 2, padding: 1 })],
  );
  const widths = [64, 128, 256, 512];
  const stages = widths.map((width, i): [string, Layer] => {
    const inputs = i === 0 ? 64 : widths[i - 1]! * expansion;
    return [`layer${i + 1}`, stage(inputs, width, depths[i]!, i === 0 ? 1 : 2)];
  });
  const features = 512 * expansion;
  return (classes: number): Network => ({
    name,
    features,
    backbone: named(["", stem], ...stages, ["", globalAveragePool()]),
    head: named(["fc", linear(features, classes)]),
    stages: ["conv1", "bn1", "layer1", "layer2", "layer3", "layer4"],
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  });
}

/** The 18-layer column of the table, for so many classes. */
export const resnet18 = resnet("resnet18", basic, 1, [2, 2, 2, 2]);
/** The 34-layer column. */
export const resnet34 = resnet("resnet34", basic, 1, [3, 4, 6, 3]);
/** The 50-layer column. */
export const resnet50 = resnet("resnet50", bottleneck, 4, [3, 4, 6, 3]);
