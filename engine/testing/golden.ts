import { readFileSync } from "node:fs";
import {
  batchNorm2d,
  conv2d,
  globalAveragePool,
  linear,
  maxPool,
  named,
  relu,
  relu6,
  residual,
  sequential,
} from "../nn/layers.ts";
import type { Layer } from "../nn/scope.ts";

/** The TypeScript half of golden.py: the same numbers, the same networks, by the same names. */

/** Losses of some steps, and the norm of every tensor after them. */
export interface TrainedGolden {
  readonly losses: readonly number[];
  readonly norms: Readonly<Record<string, number>>;
}

export const readGolden = <T>(name: string): Readonly<Record<string, T>> =>
  JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8")) as Record<string, T>;

/** `count` numbers in [−1, 1) by a hash of the name (FNV-1a) and the element's number (murmur3's finaliser). */
export function draw(name: string, count: number): Float64Array {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return Float64Array.from({ length: count }, (_, i) => {
    let x = (Math.imul(i, 0x9e3779b1) + h) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1;
  });
}

/** What a tensor of a network begins with. */
export function initial(name: string, shape: readonly number[]): Float32Array {
  const numbers = draw(
    name,
    shape.reduce((n, dim) => n * dim, 1),
  );
  const scale = Math.sqrt(6 / shape.slice(1).reduce((n, dim) => n * dim, 1));
  if (shape.length > 1) return Float32Array.from(numbers, (x) => x * scale);
  if (name.endsWith("running_var")) return Float32Array.from(numbers, (x) => 1 + 0.5 * x);
  if (name.endsWith("weight")) return Float32Array.from(numbers, (x) => 1 + 0.2 * x);
  return Float32Array.from(numbers, (x) => 0.1 * x);
}

const norm = batchNorm2d;
const conv = (
  inputs: number,
  outputs: number,
  kernel: number,
  options: Omit<Parameters<typeof conv2d>[2], "kernel"> = {},
) => conv2d(inputs, outputs, { kernel, bias: false, ...options });

const bottleneck = (inputs: number, width: number, outputs: number): Layer =>
  residual(
    named(
      ["conv1", conv(inputs, width, 1)],
      ["bn1", norm(width)],
      ["", relu()],
      ["conv2", conv(width, width, 3, { stride: 2, padding: 1 })],
      ["bn2", norm(width)],
      ["", relu()],
      ["conv3", conv(width, outputs, 1)],
      ["bn3", norm(outputs)],
    ),
    ["downsample", sequential(conv(inputs, outputs, 1, { stride: 2 }), norm(outputs))],
  );

const basic = (width: number): Layer =>
  residual(
    named(
      ["conv1", conv(width, width, 3, { padding: 1 })],
      ["bn1", norm(width)],
      ["", relu()],
      ["conv2", conv(width, width, 3, { padding: 1 })],
      ["bn2", norm(width)],
    ),
  );

/** Each kind of layer that a ResNet has, once. [N, 3, H, W] -> [N, 4] */
export const tinyResnet: Layer = named(
  ["conv1", conv(3, 8, 7, { stride: 2, padding: 3 })],
  ["bn1", norm(8)],
  ["", relu()],
  ["", maxPool(3, { stride: 2, padding: 1 })],
  ["layer1", bottleneck(8, 6, 16)],
  ["", relu()],
  ["layer2", basic(16)],
  ["", relu()],
  ["", globalAveragePool()],
  ["fc", linear(16, 4)],
);

const convNormRelu = (inputs: number, outputs: number, kernel: number, stride = 1, groups = 1): Layer =>
  sequential(
    conv(inputs, outputs, kernel, {
      stride,
      groups,
      padding: kernel === 1 ? 0 : stride === 2 ? [0, 0, 1, 1] : 1,
    }),
    norm(outputs),
    relu6(),
  );

const invertedResidual = (inputs: number, outputs: number, stride: number): Layer => {
  const hidden = 2 * inputs;
  const branch = named([
    "conv",
    sequential(
      convNormRelu(inputs, hidden, 1),
      convNormRelu(hidden, hidden, 3, stride, hidden),
      conv(hidden, outputs, 1),
      norm(outputs),
    ),
  ]);
  return stride === 1 ? residual(branch) : branch;
};

/** Each kind of layer that a MobileNetV2 has, once. [N, 3, H, W] -> [N, 4] */
export const tinyMobilenet: Layer = named(
  [
    "features",
    sequential(
      convNormRelu(3, 8, 3, 2),
      invertedResidual(8, 12, 2),
      invertedResidual(12, 12, 1),
      convNormRelu(12, 16, 1),
    ),
  ],
  ["", globalAveragePool()],
  ["classifier", linear(16, 4)],
);
