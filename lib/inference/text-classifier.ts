import { languagesOf } from "../../engine/data/text/languages.ts";
import { Tokeniser } from "../../engine/data/text/tokeniser.ts";
import {
  classifyTexts,
  explainText,
  type TextOpinion as NetworkOpinion,
  type TextReader,
} from "../../engine/read/textClassifier.ts";
import { largestDifference } from "../../engine/release/golden.ts";
import { isKnown } from "../../engine/release/known.ts";
import type { TextManifest } from "../../engine/release/manifest.ts";
import type { Session } from "../../engine/runtime/runtime.ts";
import { webRuntime } from "../../engine/runtime/web.ts";
import { softmax } from "../../engine/train/calibration.ts";
import type { Contribution } from "../text/words.ts";
import { WrongAnswers } from "./classifier.ts";
import type { StartRelease } from "./model.ts";
import type { TextOpinion } from "./text-protocol.ts";

/** A release for texts that runs in this browser and has given the golden answers here. */
export interface TextClassifier {
  /** What it makes of texts; null where there is nothing to read. */
  classify(texts: readonly string[]): Promise<readonly (TextOpinion | null)[]>;
  /** What it makes of one text that comes in stretches; `breathe` is awaited between them, and may end it by throwing. */
  read(stretches: readonly string[], breathe: () => Promise<void>): Promise<TextOpinion | null>;
  /** What each piece of a text says for a class, by its index, rather than for the others. */
  explain(text: string, index: number): Promise<readonly Contribution[]>;
}

/** So much of a text tells its languages, in characters. */
const tellingLength = 20_000;

/** Starts a release for texts. Throws WrongAnswers where the golden answers differ, and what `webRuntime` throws. */
export const openTextClassifier: StartRelease<TextClassifier, TextManifest> = async (
  manifest,
  bytes,
  { device, threads },
  onLost,
) => {
  const { classes, golden, goldenTolerance, graphs, input, temperature, weights } = manifest;
  const runtime = await webRuntime({ device, threads, onLost });
  const load = ({ file }: { readonly file: string }): Promise<Session> =>
    runtime.load(bytes.get(file)!, { external: { [weights.file]: bytes.get(weights.file)! } });
  const reader: TextReader = {
    tokeniser: Tokeniser.parse(new TextDecoder().decode(bytes.get(input.vocabulary.file))),
    grams: input.grams,
    window: input.window,
    classes: classes.length,
    session: await load(graphs.wasm),
  };
  /** Started when somebody first wants to know why. */
  let why: Promise<Session> | undefined;

  for (const { text, wasm } of golden) {
    const [opinion] = await classifyTexts(reader, [text]);
    const difference = largestDifference(opinion!.logits, wasm);
    if (difference > goldenTolerance) {
      await reader.session.dispose();
      throw new WrongAnswers(
        "unsupported",
        `${runtime.device}: a golden answer of ${manifest.task} ${manifest.version} is off by ${difference}, more than ${goldenTolerance}. Another device must compute.`,
      );
    }
  }

  const told = ({ logits, known, pieces }: NetworkOpinion, text: string): TextOpinion | null =>
    pieces === 0
      ? null
      : {
          probabilities: softmax(logits, temperature),
          known: isKnown(manifest, known) ?? true,
          unknownShare: 1 - known,
          languages: languagesOf(text.slice(0, tellingLength)),
        };

  return {
    async classify(texts) {
      const opinions = await classifyTexts(reader, texts);
      return opinions.map((opinion, i) => told(opinion, texts[i]!));
    },
    async read(stretches, breathe) {
      const opinions: NetworkOpinion[] = [];
      for (const stretch of stretches) {
        opinions.push(...(await classifyTexts(reader, [stretch])));
        await breathe();
      }
      return told(together(opinions), stretches.join(""));
    },
    async explain(text, index) {
      why ??= load(graphs.why);
      const others = -1 / (classes.length - 1);
      const direction = Float32Array.from(classes, (_, i) => (i === index ? 1 : others));
      const contributions = await explainText({ ...reader, why: await why }, text, direction);
      return contributions.map(({ from, to, weight }) => ({ start: from, end: to, weight }));
    },
  };
};

/** The opinion of a text by those of its stretches: the mean by their lengths, as over the windows of each. */
function together(opinions: readonly NetworkOpinion[]): NetworkOpinion {
  const pieces = opinions.reduce((sum, opinion) => sum + opinion.pieces, 0);
  const share = (opinion: NetworkOpinion) => opinion.pieces / Math.max(1, pieces);
  const mean = (value: (opinion: NetworkOpinion) => number) =>
    opinions.reduce((sum, opinion) => sum + share(opinion) * value(opinion), 0);
  const [first] = opinions;
  return {
    logits: Float32Array.from(first!.logits, (_, c) => mean(({ logits }) => logits[c]!)),
    known: mean(({ known }) => known),
    pieces,
  };
}
