"use client";

import { useTranslations } from "use-intl";
import type { PhotoState } from "../../lib/batch/batch.ts";
import type { ModelState } from "../../lib/inference/protocol.ts";
import { Bars, type Possibility } from "../../lib/ui/bars.tsx";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";
import { capitalised } from "./likeliest.ts";
import { ModelProgress } from "./model-progress.tsx";
import { type Fault, ProblemText } from "./problem-text.tsx";
import type { Why } from "./why/use-why.ts";
import { WhyPanel } from "./why/why-panel.tsx";

/** How many classes are shown. */
const rows = 5;

interface AnswerPanelProps {
  /** All classes, the likeliest first; empty while there is no answer. */
  readonly possibilities: readonly Possibility[];
  /** Undefined where the answer cannot be explained. */
  readonly why: Why | undefined;
  readonly model: ModelState;
  /** The picture's state; undefined where there is none. */
  readonly state: PhotoState | undefined;
  /** What was handed in and is no picture at all. */
  readonly refused?: Fault;
  readonly onPause: () => void;
  readonly onResume: () => void;
}

/**
 * The answer as a sentence and the five likeliest classes; before that, what the model is doing; or what went
 * wrong. All of these take the same room.
 */
export function AnswerPanel({
  possibilities,
  why,
  model,
  state,
  refused,
  onPause,
  onResume,
}: AnswerPanelProps) {
  const t = useTranslations("answer");
  const { locale } = useChoices();
  const quantities = useQuantities();
  const fault =
    refused ??
    (state?.phase === "failed" ? state.problem : undefined) ??
    (model.phase === "failed" ? model.problem : undefined);
  const listed = (fault === undefined ? possibilities : [])
    .slice(0, rows)
    .map((possibility) => ({ ...possibility, name: capitalised(possibility.name, locale) }));
  const best = fault === undefined ? possibilities[0] : undefined;
  // The probabilities are calibrated: below one half, the answer is more often wrong than right.
  const sure = best !== undefined && best.probability >= 0.5;
  const values = best && {
    name: sure ? capitalised(best.name, locale) : best.name,
    share: quantities.share(best.probability),
  };

  return (
    <div className="min-h-84 lg:min-h-90">
      <div className="flex min-h-26 flex-col justify-end pb-3 lg:min-h-32">
        {fault !== undefined ? (
          <ProblemText problem={fault} />
        ) : values !== undefined ? (
          <>
            <h2
              className={`font-semibold wrap-break-word ${sure ? "text-2xl sm:text-3xl" : "text-xl sm:text-2xl"}`}
              data-testid="answer"
            >
              {t(sure ? "sentence" : "unsure", values)}
            </h2>
            {!sure && <p className="mt-1 text-sm text-muted">{t("unsureHint")}</p>}
          </>
        ) : (
          <ModelProgress model={model} waiting={state !== undefined} onPause={onPause} onResume={onResume} />
        )}
      </div>
      {fault === undefined && (
        <Bars
          label={t(why?.asked ? "explain" : "likeliest")}
          possibilities={listed}
          rows={rows}
          quantities={quantities}
          chosen={why?.asked ? why.chosen : undefined}
          onChoose={why?.choose}
        />
      )}
      {why !== undefined && (
        <WhyPanel why={why} name={listed.find(({ id }) => id === why.chosen)?.name ?? ""} />
      )}
      <p role="status" className="sr-only">
        {values !== undefined
          ? t(sure ? "announce" : "announceUnsure", values)
          : model.phase === "ready" && state === undefined
            ? t("announceReady")
            : ""}
      </p>
    </div>
  );
}
