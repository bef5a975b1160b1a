import type { ListenerOptions } from "../../engine/listen/listener.ts";
import { wordsOf } from "../../engine/release/kinds.ts";
import type { SoundManifest } from "../../engine/release/manifest.ts";

/** What a release's manifest says about listening with it, as the engine's listener wants it. */
export function hearing(manifest: SoundManifest): Omit<ListenerOptions, "classify"> {
  const { input, listening } = manifest;
  return { rate: input.rate, samples: input.samples, words: wordsOf(manifest), listening };
}

/**
 * The word that a clip is, by its class's index: the likeliest class, if that is a word and likely enough; undefined
 * for other words and for silence.
 *
 * @param probabilities [classes]
 */
export function wordIn(manifest: SoundManifest, probabilities: Float32Array): number | undefined {
  const best = probabilities.reduce((best, p, i, all) => (p > all[best]! ? i : best), 0);
  const enough = probabilities[best]! >= (manifest.known?.threshold ?? 0);
  return enough && wordsOf(manifest).includes(best) ? best : undefined;
}
