import { NacreError } from "../errors.ts";
import type { Layer } from "../nn/scope.ts";
import { type TextClassifierOptions, textClassifier } from "./textClassifier.ts";

/** The networks for texts that can be named on the command line. */
export const TEXT_NETWORKS = ["text-lstm"] as const;

/**
 * The network of a name and sizes: rows as `withGrams` makes them, int64 [N, T, longest] -> logits [N, classes].
 *
 * @throws NacreError("usage") on an unknown name
 */
export function textNetworkOf(
  sizes: Omit<TextClassifierOptions, "classes" | "vocabulary"> & { readonly network: string },
  classes: number,
  vocabulary: number,
): { readonly layer: Layer; readonly options: TextClassifierOptions } {
  const { network, grams, embedding, hidden, layers, dropout } = sizes;
  if (network !== "text-lstm")
    throw new NacreError(
      "usage",
      `There is no network "${network}" for texts. Choose one of ${TEXT_NETWORKS.join(", ")}.`,
    );
  const options = { classes, vocabulary, grams, embedding, hidden, layers, dropout };
  return { layer: textClassifier(options), options };
}
