import type { Layer } from "../nn/scope.ts";

/** A classifier of pictures: a backbone that sees, and a head that names. */
export interface Network {
  readonly name: string;
  /** Numbers that the backbone gives for a picture. */
  readonly features: number;
  /** [N, 3, H, W] -> [N, features] */
  readonly backbone: Layer;
  /** [N, features] -> [N, classes] */
  readonly head: Layer;
  /** The backbone's parts in order, by the names that their parameters begin with: what can be frozen. */
  readonly stages: readonly string[];
  /** What inputs are normalised by: (byte / 255 − mean) / std for red, green and blue. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** The whole network as one layer, [N, 3, H, W] -> logits [N, classes]. */
export const classifier =
  ({ backbone, head }: Network): Layer =>
  (x, scope) =>
    head(backbone(x, scope), scope);
