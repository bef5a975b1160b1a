import { NacreError } from "../errors.ts";
import { classifyTexts } from "../read/textClassifier.ts";
import { softmax } from "../train/calibration.ts";
import { isKnown } from "./known.ts";
import type { TextRelease } from "./loadText.ts";
import type { Opinion } from "./opinion.ts";

/** What a release thinks of texts, each called by itself on one line. Of one that holds nothing to read it thinks nothing. */
export async function judgeTexts(
  { manifest, reader }: Pick<TextRelease, "manifest" | "reader">,
  texts: readonly string[],
): Promise<Opinion[]> {
  const opinions = await classifyTexts(reader, texts);
  return opinions.map(({ logits, known, pieces }, i) => {
    const name = texts[i]!.replace(/\s+/g, " ").trim();
    if (pieces === 0) return { name, answer: new NacreError("input", `"${name}" holds nothing to read.`) };
    const familiar = isKnown(manifest, known);
    // Where there are no letters there is no language that could be a strange one.
    if (familiar === false && !/\p{L}/u.test(name))
      return { name, answer: new NacreError("input", `"${name}" holds no words to go by.`) };
    return { name, answer: { probabilities: softmax(logits, manifest.temperature), known: familiar } };
  });
}
