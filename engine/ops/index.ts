import { conv2d, conv2dInputGradient, conv2dWeightGradient } from "./conv.ts";
import * as elementwise from "./elementwise.ts";
import { constant, input } from "./leaf.ts";
import { logSoftmax, matmul, softmax } from "./linear.ts";
import { batchNorm, batchNormFrozen, batchNormGradient, channelDot, channelSum } from "./norm.ts";
import { maxPool2d, maxPool2dGradient } from "./pool.ts";
import { uniform } from "./random.ts";
import { recurrent, recurrentGradient } from "./recurrent.ts";
import { embedding, embeddingGradient, stepMask } from "./sequence.ts";
import { broadcastTo, concat, max, pad, reshape, slice, sum, transpose } from "./shape.ts";

/** Every operator there is. Lowerings and gradient checks are total over this table: a gap does not compile. */
export const OPS = {
  input,
  constant,
  ...elementwise,
  reshape,
  transpose,
  broadcastTo,
  sum,
  max,
  concat,
  slice,
  pad,
  matmul,
  softmax,
  logSoftmax,
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  maxPool2d,
  maxPool2dGradient,
  batchNorm,
  batchNormGradient,
  batchNormFrozen,
  channelSum,
  channelDot,
  recurrent,
  recurrentGradient,
  embedding,
  embeddingGradient,
  stepMask,
  uniform,
} as const;

export type OpName = keyof typeof OPS;

/** The attributes that the operator of this name takes. */
export type Attributes<K extends OpName> = (typeof OPS)[K] extends {
  op: { infer: (i: never, attributes: infer A) => unknown };
}
  ? A
  : never;
