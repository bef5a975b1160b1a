import { NacreError } from "../errors.ts";
import type { Layer } from "../nn/scope.ts";
import type { SpecAugment } from "../nn/specAugment.ts";
import { convGru } from "./convGru.ts";

/** The networks for recordings that can be named on the command line. */
export const SOUND_NETWORKS = ["convgru"] as const;

/**
 * The network of that name: raw sound at 16 kHz, [N, samples] -> logits [N, classes].
 *
 * @param masks what is blanked in training
 * @throws NacreError("usage") on an unknown name
 */
export function soundNetworkOf(name: string, classes: number, masks?: SpecAugment): Layer {
  if (name === "convgru")
    return convGru({ classes, masks, channels: [24, 64], hidden: 128, layers: 2, dropout: 0.15 });
  throw new NacreError(
    "usage",
    `There is no network "${name}" for sound. Choose one of ${SOUND_NETWORKS.join(", ")}.`,
  );
}
