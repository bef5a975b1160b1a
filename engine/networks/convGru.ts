import { known } from "../graph/shape.ts";
import { batchNorm2d, conv2d, dropout, linear, named, relu, residual } from "../nn/layers.ts";
import { LOG_MEL, type LogMelOptions, logMel, subtractClipMean } from "../nn/logMel.ts";
import type { Layer } from "../nn/scope.ts";
import { attentionOverTime, gru } from "../nn/sequence.ts";
import { type SpecAugment, specAugment } from "../nn/specAugment.ts";
import { multiply } from "../ops/elementwise.ts";
import { reshape, transpose } from "../ops/shape.ts";

/** The sizes of a classifier of short recordings. */
export interface ConvGruOptions {
  readonly classes: number;
  /** How sound becomes features. */
  readonly features?: Partial<LogMelOptions>;
  /** What is blanked in training. */
  readonly masks?: SpecAugment;
  /** Channels at half and at a quarter of the features' resolution. */
  readonly channels: readonly [number, number];
  /** Units of each GRU layer and direction. */
  readonly hidden: number;
  /** GRU layers. */
  readonly layers: number;
  /** Share of the units dropped before, between and after the GRU's layers. */
  readonly dropout: number;
}

/** Log power differs by about this much within a clip. */
const SPREAD = 1 / 3;

/**
 * Raw sound, [N, samples] -> logits [N, classes]: log-mel features without their mean over the clip, so that neither a
 * microphone's colour nor its level counts; a small residual network (He et al. 2016) that leaves a quarter of the
 * frames; bidirectional GRUs over these; attention that weighs their states.
 */
export function convGru(options: ConvGruOptions): Layer {
  const { classes, features, masks, channels, hidden, layers, dropout: rate } = options;
  const [narrow, wide] = channels;
  const { mels } = { ...LOG_MEL, ...features };
  const front = named(
    ["stem", convolution(1, narrow, 2)],
    ["block1", block(narrow)],
    ["down", convolution(narrow, wide, 2)],
    ["block2", block(wide)],
    ["squeeze", convolution(wide, narrow, 1, 1)],
  );
  const width = narrow * Math.ceil(mels / 4);
  return (sound, scope) => {
    const centred = multiply(subtractClipMean()(logMel(features)(sound, scope), scope), SPREAD);
    const seen = masks ? specAugment(masks)(centred, scope.child("masks")) : centred;
    const [n, frames] = [seen.shape[0]!, known(seen.shape[1], "convGru")];
    const maps = front(reshape(seen, [n, 1, frames, mels]), scope.child("front"));
    const time = known(maps.shape[2], "convGru");
    const steps = reshape(transpose(maps, [2, 0, 1, 3]), [time, n, width]);
    const fed = dropout(rate, { alike: [0] })(steps, scope.child("front"));
    const states = gru(width, hidden, { bidirectional: true, layers, dropout: rate })(
      { steps: fed },
      scope.child("gru"),
    );
    const vector = attentionOverTime(2 * hidden, hidden)(states, scope.child("attention"));
    const head = scope.child("head");
    return linear(2 * hidden, classes)(dropout(rate)(vector, head), head);
  };
}

const convolution = (inputs: number, outputs: number, stride: number, kernel = 3): Layer =>
  named(
    ["conv", conv2d(inputs, outputs, { kernel, stride, padding: (kernel - 1) / 2, bias: false })],
    ["norm", batchNorm2d(outputs)],
    ["", relu()],
  );

/** Two 3×3 convolutions beside which the input passes. */
const block = (width: number): Layer => {
  const conv = conv2d(width, width, { kernel: 3, padding: 1, bias: false });
  const branch = named(
    ["conv1", conv],
    ["norm1", batchNorm2d(width)],
    ["", relu()],
    ["conv2", conv],
    ["norm2", batchNorm2d(width)],
  );
  return named(["", residual(branch)], ["", relu()]);
};
