import { expectRank, ShapeError, sameShape, shapeText } from "../graph/shape.ts";
import { defineOp, type Gradients, missing, type TensorType, type Value } from "../graph/value.ts";
import { add, divide, multiply, sqrt, subtract } from "./elementwise.ts";
import { broadcastTo, reshape } from "./shape.ts";

/** A vector with one number a channel, as [1, C, 1, 1], so that it broadcasts over [N, C, H, W]. */
export const perChannel = (vector: Value): Value => reshape(vector, [1, vector.shape[0]!, 1, 1]);

function expectChannels(name: string, x: TensorType, ...vectors: readonly TensorType[]): void {
  expectRank(name, "the input", x, 4);
  for (const vector of vectors) {
    if (!sameShape(vector.shape, [x.shape[1]!]))
      throw new ShapeError(
        name,
        `${shapeText(vector.shape)} is not one number for each of ${x.shape[1]} channels.`,
      );
  }
}

/**
 * Batch normalisation with the statistics of this batch (Ioffe and Szegedy 2015, algorithm 1).
 * x: [N, C, H, W], scale and bias: [C] -> y like x; mean and (biased) variance: [C].
 * The outputs mean and variance are there to be averaged; gradients do not pass through them.
 */
// by batchNormGradient, from the statistics that were computed on the way
export const batchNorm = defineOp(
  {
    name: "batchNorm",
    infer: ([x, scale, bias]: readonly TensorType[], _: { epsilon: number }) => {
      expectChannels("batchNorm", x!, scale!, bias!);
      return [x!, scale!, scale!];
    },
    gradient: (
      { inputs: [x, scale], outputs: [, mean, variance], attributes: { epsilon } },
      [dy],
    ): Gradients =>
      dy ? batchNormGradient(x!, scale!, mean!, variance!, dy, epsilon) : [undefined, undefined, undefined],
  },
  (build) =>
    (x: Value, scale: Value, bias: Value, epsilon: number): { y: Value; mean: Value; variance: Value } => {
      const [y, mean, variance] = build([x, scale, bias], { epsilon });
      return { y: y!, mean: mean!, variance: variance! };
    },
);

/** The gradients of `batchNorm` -> dx like x, dscale [C], dbias [C]. */
// x̂ = (x − μ) / √(σ² + ε);  dβ = Σ dy,  dγ = Σ dy x̂,  dx = γ / √(σ² + ε) · (dy − dβ / P − x̂ dγ / P),  P = N H W
export const batchNormGradient = defineOp(
  {
    name: "batchNormGradient",
    infer: ([x, scale, mean, variance, dy]: readonly TensorType[], _: { epsilon: number }) => {
      expectChannels("batchNormGradient", x!, scale!, mean!, variance!);
      expectRank("batchNormGradient", "dy", dy!, 4);
      return [x!, scale!, scale!];
    },
    gradient: missing("second derivatives of batch statistics are not offered"),
  },
  (build) =>
    (x: Value, scale: Value, mean: Value, variance: Value, dy: Value, epsilon: number): readonly Value[] =>
      build([x, scale, mean, variance, dy], { epsilon }),
);

/**
 * Batch normalisation with given statistics, as in inference and in fine-tuning with frozen statistics.
 * x: [N, C, H, W], the others [C] -> like x. Mean and variance get no gradient: they are not trained.
 */
// a = γ / √(σ² + ε);  dx = a dy,  dγ = (Σ x dy − μ Σ dy) / √(σ² + ε),  dβ = Σ dy
export const batchNormFrozen = defineOp(
  {
    name: "batchNormFrozen",
    infer: ([x, scale, bias, mean, variance]: readonly TensorType[], _: { epsilon: number }) => {
      expectChannels("batchNormFrozen", x!, scale!, bias!, mean!, variance!);
      return [x!];
    },
    gradient: ({ inputs: [x, scale, , mean, variance], attributes: { epsilon } }, [dy]): Gradients => {
      const deviation = sqrt(add(variance!, epsilon));
      const total = channelSum(dy!);
      return [
        multiply(dy!, perChannel(divide(scale!, deviation))),
        divide(subtract(channelDot(x!, dy!), multiply(mean!, total)), deviation),
        total,
      ];
    },
  },
  (build) =>
    (x: Value, scale: Value, bias: Value, mean: Value, variance: Value, epsilon: number): Value =>
      build([x, scale, bias, mean, variance], { epsilon })[0]!,
);

/** Σ x over batch and place. x: [N, C, H, W] -> [C]. */
// dx = dy, the same number at all places of a channel
export const channelSum = defineOp(
  {
    name: "channelSum",
    infer: ([x]: readonly TensorType[]) => {
      expectRank("channelSum", "the input", x!, 4);
      return [{ shape: [x!.shape[1]!], dtype: x!.dtype }];
    },
    gradient: ({ inputs: [x] }, [dy]): Gradients => [broadcastTo(perChannel(dy!), x!.shape)],
  },
  (build) =>
    (x: Value): Value =>
      build([x], {})[0]!,
);

/** Σ a · b over batch and place. a, b: [N, C, H, W] -> [C]. */
// da = b dy,  db = a dy
export const channelDot = defineOp(
  {
    name: "channelDot",
    infer: ([a, b]: readonly TensorType[]) => {
      expectRank("channelDot", "the first input", a!, 4);
      if (!sameShape(a!.shape, b!.shape))
        throw new ShapeError("channelDot", `${shapeText(a!.shape)} and ${shapeText(b!.shape)} differ.`);
      return [{ shape: [a!.shape[1]!], dtype: a!.dtype }];
    },
    gradient: ({ inputs: [a, b] }, [dy]): Gradients => [
      multiply(b!, perChannel(dy!)),
      multiply(a!, perChannel(dy!)),
    ],
  },
  (build) =>
    (a: Value, b: Value): Value =>
      build([a, b], {})[0]!,
);
