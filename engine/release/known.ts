import type { Manifest } from "./manifest.ts";

/**
 * Whether a picture of this familiarity shows one of the release's classes, as far as it can tell; undefined where
 * it cannot.
 */
export function isKnown(
  { known }: Pick<Manifest, "known">,
  familiarity: number | undefined,
): boolean | undefined {
  if (known === undefined || familiarity === undefined) return undefined;
  return familiarity >= known.threshold;
}
