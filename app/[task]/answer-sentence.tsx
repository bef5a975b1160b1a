"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { InputKind } from "../../lib/content.ts";
import type { Possibility } from "../../lib/ui/bars.tsx";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";
import { capitalised } from "./likeliest.ts";

interface AnswerSentenceProps {
  /** The likeliest class. */
  readonly best: Possibility;
  /** How many classes there are. */
  readonly count: number;
  /** Whether the picture shows any of them, as far as the model can tell. */
  readonly known: boolean;
  /** What the task takes. */
  readonly kind: InputKind;
  /** What can be asked about it. */
  readonly children?: ReactNode;
}

/** The answer as a sentence: what it is, what it may be, or that it is nothing known; read out, too. */
export function AnswerSentence({ best, count, known, kind, children }: AnswerSentenceProps) {
  const t = useTranslations("answer");
  const { locale } = useChoices();
  const { share } = useQuantities();
  // The probabilities are calibrated: below one half, the answer is more often wrong than right.
  const sure = best.probability >= 0.5;
  const values = {
    name: sure ? capitalised(best.name, locale) : best.name,
    share: share(best.probability),
  };
  const hint = known ? (sure ? undefined : t(`unsureHint.${kind}`)) : t("unknownHint", { count });
  return (
    <>
      <div className="flex items-end justify-between gap-4">
        <h2
          className={`min-w-0 font-semibold wrap-break-word ${known && sure ? "text-2xl sm:text-3xl" : "text-xl sm:text-2xl"}`}
          data-testid="answer"
        >
          {known ? t(sure ? "sentence" : "unsure", values) : t("unknown")}
        </h2>
        {children}
      </div>
      {hint !== undefined && <p className="mt-1 text-sm text-muted">{hint}</p>}
      <p role="status" className="sr-only">
        {known ? t(sure ? "announce" : "announceUnsure", values) : t("unknown")}
      </p>
    </>
  );
}
