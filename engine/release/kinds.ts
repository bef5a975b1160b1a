/** What follows from a manifest, apart from the parser, so that pages that ask need not load it. */

import type { InputKind } from "../task.ts";
import type { Manifest, PictureManifest, SoundManifest, TextManifest } from "./manifest.ts";

/** The manifests of each kind of input. */
interface ManifestOf {
  readonly image: PictureManifest;
  readonly sound: SoundManifest;
  readonly text: TextManifest;
}

/** Whether a release takes this kind of input. */
export const takes = <Kind extends InputKind>(manifest: Manifest, kind: Kind): manifest is ManifestOf[Kind] =>
  manifest.input.kind === kind;

/** Whether releases all take this kind of input. */
export const allTake = <Kind extends InputKind>(
  manifests: readonly Manifest[],
  kind: Kind,
): manifests is readonly ManifestOf[Kind][] => manifests.every((manifest) => takes(manifest, kind));

/** The indices of the classes of a release that are words to be heard. */
export const wordsOf = ({
  classes,
  input: { unknown, silence },
}: Pick<SoundManifest, "classes" | "input">): number[] =>
  classes.flatMap(({ id }, c) => (id === unknown || id === silence ? [] : [c]));

/** All files of a release but the manifest itself and the card. */
export const filesOf = (manifest: Manifest): readonly Manifest["weights"][] => [
  manifest.weights,
  ...Object.values(manifest.graphs),
  ...(takes(manifest, "text") ? [manifest.input.vocabulary] : []),
];

/** What a release's answers are computed by, such as "resnet50" or, of an ensemble, "resnet50 + mobilenetv2". */
export const networksOf = (manifest: Manifest): string => {
  const second = takes(manifest, "image") ? manifest.ensemble : undefined;
  return second ? `${manifest.network} + ${second.network}` : manifest.network;
};
