import { belongsTo, type Weights } from "./weights.ts";

/**
 * Weights between those of two networks of the same kind, (1 − share) · own + share · other, number by number.
 * Between a network and the one that it was fine-tuned from they are often better than both, most of all on what
 * is unlike the training's examples (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", §3).
 *
 * @param other with tensors of the same names and shapes
 * @param share in [0, 1]
 * @param except parts that stay as they are, such as a head that the other has for other classes
 */
export function blend(own: Weights, other: Weights, share: number, except: readonly string[] = []): Weights {
  return new Map(
    [...own].map(([name, { dims, data }]) => {
      const towards = other.get(name)!.data;
      const stays = except.some((part) => belongsTo(part, name));
      return [name, { dims, data: stays ? data : data.map((x, i) => x + share * (towards[i]! - x)) }];
    }),
  );
}
