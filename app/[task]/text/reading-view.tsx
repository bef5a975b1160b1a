"use client";

import { useCallback, useMemo, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { TextManifest } from "../../../engine/release/manifest.ts";
import type { Reading } from "../../../lib/inference/text-protocol.ts";
import type { TextInference } from "../../../lib/inference/use-model.ts";
import { type Contribution, strongestOf, tellingWords, wordsOf } from "../../../lib/text/words.ts";
import { Bar } from "../../../lib/ui/bars.tsx";
import { Button } from "../../../lib/ui/button.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { capitalised, likeliest } from "../likeliest.ts";
import { MarkedText, MarkLegend } from "./marked-text.tsx";
import { usePerText } from "./use-per-text.ts";

/** Sentences that are shown at first, and how many more at a time. */
const firstShown = 20;
const moreShown = 50;

const none: readonly string[] = [];

/** Telling words that are named for each side. */
const named = 4;

interface ReadingViewProps {
  readonly manifest: TextManifest;
  readonly client: TextInference["client"];
  readonly text: string;
  readonly whole: Reading;
  /** The id of the class that the words are explained for. */
  readonly chosen: string;
}

/** The text sentence by sentence, each with its answer, and every word coloured by what it says. */
export function ReadingView({ manifest, client, text, whole, chosen }: ReadingViewProps) {
  const t = useTranslations("text");
  const { locale } = useChoices();
  const [shown, setShown] = useState(firstShown);
  const all = whole.sentences.length;
  const single = all === 1;
  const texts = useMemo(
    () => whole.sentences.slice(0, shown).map(({ start, end }) => text.slice(start, end)),
    [whole, text, shown],
  );
  const index = manifest.classes.findIndex(({ id }) => id === chosen);
  const opinions = usePerText(
    single ? none : texts,
    useCallback(
      async (some: readonly string[], signal: AbortSignal) =>
        (await client?.ask("sentences", { texts: some }, { signal })) ?? [],
      [client],
    ),
  );
  const evidence = usePerText(
    texts,
    useCallback(
      async (some: readonly string[], signal: AbortSignal) => {
        const said = await client?.ask("explain", { texts: some, index }, { signal });
        return some.map((one, i) => wordsOf(one, said?.[i] ?? []));
      },
      [client, index],
    ),
  );
  const strongest = strongestOf(texts.flatMap((one) => evidence.get(one) ?? []));
  const name = capitalised(manifest.classes[index]?.[locale] ?? "", locale);
  return (
    <section className="mt-10 border-t border-line pt-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="text-xl font-semibold">{t(single ? "words" : "sentences")}</h2>
        {!single && <p className="figures text-sm text-muted">{t("sentenceCount", { count: all })}</p>}
      </div>
      <div className="mt-3 min-h-[2lh] space-y-1">
        <TellingWords texts={texts} evidence={evidence} strongest={strongest} name={name} />
        <MarkLegend speaksFor={t("legend.for", { name })} against={t("legend.against")} />
      </div>
      <ol className="mt-4">
        {texts.map((sentence, i) => {
          const opinion = opinions.get(sentence);
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is its place in the text.
              key={i}
              className={single ? "max-w-prose text-lg" : row}
            >
              {!single && (
                <SentenceAnswer
                  best={opinion ? likeliest(manifest, opinion.probabilities, locale)[0] : undefined}
                  quiet={opinion?.known === false}
                />
              )}
              <p dir="auto" className="min-w-0 leading-7 wrap-anywhere">
                <MarkedText text={sentence} words={evidence.get(sentence) ?? []} strongest={strongest} />
              </p>
            </li>
          );
        })}
      </ol>
      {all > shown && (
        <div className="mt-4">
          <Button onClick={() => setShown(shown + moreShown)}>{t("more")}</Button>
        </div>
      )}
    </section>
  );
}

const row = "grid gap-x-8 gap-y-2 border-t border-line py-3 sm:grid-cols-[10rem_1fr]";

/** What a sentence says; its place is kept as long as nothing is known. */
function SentenceAnswer({
  best,
  quiet,
}: {
  readonly best: { readonly name: string; readonly probability: number } | undefined;
  readonly quiet: boolean;
}) {
  const t = useTranslations("text");
  const { locale } = useChoices();
  const { share } = useQuantities();
  if (best === undefined) return <div className="min-h-7" />;
  const values = { name: capitalised(best.name, locale), share: share(best.probability) };
  return (
    <div className="min-h-7 text-sm sm:pt-1">
      <span className="sr-only">{t("sentenceSaid", values)}</span>
      <span aria-hidden="true" className="mb-1 flex items-baseline justify-between gap-3">
        <span className={quiet ? "text-muted" : "font-medium"}>{values.name}</span>
        <span className="figures text-muted">{values.share}</span>
      </span>
      <Bar share={best.probability} quiet={quiet} />
    </div>
  );
}

/** The words that say most, as a sentence: what the colours show, for those who don't see them. */
function TellingWords({
  texts,
  evidence,
  strongest,
  name,
}: {
  readonly texts: readonly string[];
  readonly evidence: ReadonlyMap<string, readonly Contribution[]>;
  readonly strongest: number;
  readonly name: string;
}) {
  const t = useTranslations("text");
  const format = useFormatter();
  const parts = texts.flatMap((text) => {
    const words = evidence.get(text);
    return words === undefined ? [] : [{ text, words }];
  });
  if (parts.length === 0) return <p className="text-sm">&nbsp;</p>;
  const telling = tellingWords(parts, strongest, named);
  // "a, b, c" and "甲、乙、丙": a list of units has no marks between them in Chinese.
  const list = (words: readonly string[]) => format.list(words, { type: "conjunction", style: "narrow" });
  const said = [
    telling.for.length > 0 && t("speaksFor", { name, words: list(telling.for) }),
    telling.against.length > 0 && t("speaksAgainst", { words: list(telling.against) }),
  ].filter(Boolean);
  return (
    <p dir="auto" className="text-sm">
      {said.length > 0 ? said.join(" ") : t("speaksNothing", { name })}
    </p>
  );
}
