import { gradients } from "../autodiff/gradient.ts";
import type { Value } from "../graph/value.ts";
import { servingModel } from "../lower/serving.ts";
import {
  CONTRIBUTIONS,
  DIRECTION,
  readText,
  type TextClassifierOptions,
  TOKENS,
} from "../networks/textClassifier.ts";
import { Registry, Scope } from "../nn/scope.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { add, multiply } from "../ops/elementwise.ts";
import { input } from "../ops/leaf.ts";
import { concat, sum, transpose } from "../ops/shape.ts";
import { expectWeights, type Weights } from "../train/weights.ts";

/**
 * What each piece and n-gram of one text says for a direction among the classes, such as (−1, 0, 1) for positive
 * rather than negative: gradient × input (Shrikumar et al. 2017, §2.3), exact for the n-grams, whose say is linear.
 * "tokens": int64 [1, T, longest], "direction": float32 [classes] -> "contributions": float32 [1, T, longest].
 *
 * @throws NacreError "weights" where the weights are of another network
 */
export function contributionsModel(options: TextClassifierOptions, weights: Weights): OnnxModel {
  const registry = new Registry({ training: false, statistics: "frozen" });
  // One text: along a second axis of any length the engine knows no gradients.
  const tokens = input(TOKENS, [1, "T", options.grams.longest], "int64");
  const direction = input(DIRECTION, [options.classes]);
  const { logits, pieces, says, gramsSay } = readText(options, tokens, new Scope(registry));
  const slots = [...registry.slots.values()];
  expectWeights(slots, weights);

  const read = [pieces, says, gramsSay];
  const slopes = gradients(sum(multiply(logits, direction)), read);
  const [deep, alone, longer] = read.map((x, i) => multiply(x, slopes[i]!)) as [Value, Value, Value];
  const single = add(transpose(sum(deep, [2], true), [1, 0, 2]), sum(alone, [2], true));
  const contributions = concat([single, sum(longer, [3])], 2);
  return servingModel({
    inputs: [
      { name: TOKENS, value: tokens },
      { name: DIRECTION, value: direction },
    ],
    outputs: [{ name: CONTRIBUTIONS, value: contributions }],
    weights: slots.map(({ name, value }) => ({ name, value, data: weights.get(name)!.data })),
  });
}
