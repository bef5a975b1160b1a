"use client";

import { useTranslations } from "use-intl";
import type { Manifest } from "../../../../engine/release/manifest.ts";
import type { ReleaseAnswer } from "../../../../lib/inference/ask-release.ts";
import { Bars } from "../../../../lib/ui/bars.tsx";
import { useChoices } from "../../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../../lib/ui/quantities.ts";
import { capitalised, likeliest } from "../../../[task]/likeliest.ts";
import { useFaultWords } from "../../../[task]/problem-text.tsx";
import type { Side } from "./use-comparison.ts";

/** So many classes are shown. */
const most = 5;

interface SideViewProps {
  /** Which side it is, for those who don't see it. */
  readonly label: string;
  readonly manifest: Manifest;
  readonly side: Side;
}

/** What one release says, or how far it is. */
export function SideView({ label, manifest, side }: SideViewProps) {
  return (
    <section aria-label={`${label}: ${manifest.version}`} className="min-w-0 border-t border-line pt-4">
      <h2 className="text-xl font-semibold">{manifest.version}</h2>
      {side.phase === "done" && "answer" in side.asked && side.asked.answer !== null ? (
        <AnswerOf manifest={manifest} answer={side.asked.answer} />
      ) : (
        <Progress side={side} />
      )}
    </section>
  );
}

/** Where there is no answer, or not yet. */
function Progress({ side }: { readonly side: Side }) {
  const t = useTranslations("compare");
  const { megabyteCount } = useQuantities();
  const faultWords = useFaultWords();
  if (side.phase === "done") {
    if (!("problem" in side.asked)) return <p className="mt-2">{t("nothing")}</p>;
    const { title, hint } = faultWords(side.asked.problem);
    return (
      <div role="alert" className="mt-2">
        <p className="font-medium">{title}</p>
        <p className="text-sm text-muted">{hint}</p>
      </div>
    );
  }
  const model = side.phase === "asking" ? side.model : undefined;
  const words = () => {
    if (side.phase !== "asking") return t(side.phase);
    if (model?.phase === "ready") return t("working");
    if (model?.phase === "interrupted") return t("interrupted");
    if (model?.phase !== "loading") return t("preparing");
    return t("loading", { received: megabyteCount(model.received), total: megabyteCount(model.total) });
  };
  return <p className="mt-2 text-muted">{words()}</p>;
}

function AnswerOf({ manifest, answer }: { readonly manifest: Manifest; readonly answer: ReleaseAnswer }) {
  const t = useTranslations("compare");
  const { locale } = useChoices();
  const quantities = useQuantities();
  const { probabilities, words, known, networkMs, readMs } = answer;
  return (
    <>
      {probabilities === undefined ? (
        <Words manifest={manifest} words={words} />
      ) : (
        <Bars
          label={t("bars", { version: manifest.version })}
          possibilities={likeliest(manifest, probabilities, locale)
            .slice(0, most)
            .map((entry) => ({ ...entry, name: capitalised(entry.name, locale) }))}
          rows={Math.min(most, manifest.classes.length)}
          quantities={quantities}
          quiet={known === false}
        />
      )}
      {known === false && probabilities !== undefined && <p className="mt-3 text-sm">{t("unknown")}</p>}
      <p className="figures mt-3 text-sm text-muted">
        {t("time", { network: quantities.duration(networkMs), read: quantities.duration(readMs) })}
      </p>
    </>
  );
}

function Words({ manifest, words }: { readonly manifest: Manifest; readonly words: ReleaseAnswer["words"] }) {
  const t = useTranslations("compare");
  const { locale } = useChoices();
  const { share, count } = useQuantities();
  if (words.length === 0) return <p className="mt-2">{t("noWords")}</p>;
  return (
    <ol aria-label={t("words")} className="mt-2">
      {words.map(({ index, probability, at = 0 }) => (
        <li key={at} className="py-1">
          {t("word", {
            name: manifest.classes[index]![locale],
            second: count(Math.round(10 * at) / 10),
            share: share(probability),
          })}
        </li>
      ))}
    </ol>
  );
}
