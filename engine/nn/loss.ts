import { known } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import { add, divide, multiply, negate, positive, relu, subtract } from "../ops/elementwise.ts";
import { logSoftmax } from "../ops/linear.ts";
import { sum } from "../ops/shape.ts";

/**
 * Mean cross entropy of softmax(logits) against target distributions, both [N, classes] -> scalar.
 * `smoothing` gives that share of each target to all classes alike (Szegedy et al. 2016, §7). Rows of
 * targets that do not sum to 1 weigh their example.
 */
export function crossEntropy(logits: Value, targets: Value, smoothing = 0): Value {
  const [n, classes] = logits.shape.map((dim) => known(dim, "crossEntropy")) as [number, number];
  const likelihood = logSoftmax(logits, 1);
  const share = smoothing / classes;
  const weight =
    smoothing === 0
      ? targets
      : add(multiply(targets, 1 - smoothing), multiply(sum(targets, [1], true), share));
  return multiply(sum(multiply(weight, likelihood)), -1 / n);
}

/** Far below any logit. */
const FAR = 1e4;

/**
 * `crossEntropy` for examples that may say nothing of some classes: a target of −1 takes its class out of the choice,
 * so that the others are judged among themselves and the network learns nothing of it. Smoothing is among the others.
 */
export function partialCrossEntropy(logits: Value, targets: Value, smoothing = 0): Value {
  const [n] = logits.shape.map((dim) => known(dim, "partialCrossEntropy"));
  const out = positive(negate(targets));
  const among = subtract(1, out);
  const likelihood = logSoftmax(subtract(logits, multiply(out, FAR)), 1);
  const even = divide(among, sum(among, [1], true));
  const wanted = add(multiply(relu(targets), 1 - smoothing), multiply(even, smoothing));
  return multiply(sum(multiply(wanted, multiply(likelihood, among))), -1 / n!);
}
