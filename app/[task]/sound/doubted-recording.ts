import type { SoundManifest } from "../../../engine/release/manifest.ts";
import type { Locale } from "../../../lib/preferences.ts";
import { wordIn } from "../../../lib/sound/hearing.ts";
import type { Recording } from "../../../lib/sound/recordings.ts";
import { wavOf } from "../../../lib/sound/wav-of.ts";
import type { Doubted } from "../correct/correct-dialog.tsx";
import { likeliest } from "../likeliest.ts";

/**
 * What somebody may find wrong about a recording; undefined while it has no answer, and for a long one, whose words
 * have their places in it.
 */
export function doubtedRecording(
  manifest: SoundManifest,
  recording: Recording,
  locale: Locale,
): Doubted | undefined {
  const { state, source, name } = recording;
  const probabilities = state.phase === "answered" ? state.answer.probabilities : undefined;
  if (probabilities === undefined) return undefined;
  const isWord = wordIn(manifest, probabilities) !== undefined;
  return {
    best: isWord ? likeliest(manifest, probabilities, locale)[0] : undefined,
    name: source instanceof File ? name : "",
    content: () => wavOf(recording),
  };
}
