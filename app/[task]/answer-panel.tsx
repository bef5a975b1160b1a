"use client";

import { useTranslations } from "use-intl";
import type { PhotoState } from "../../lib/batch/batch.ts";
import type { ModelState } from "../../lib/inference/protocol.ts";
import { Bars, type Possibility } from "../../lib/ui/bars.tsx";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";
import { AnswerSentence } from "./answer-sentence.tsx";
import { capitalised } from "./likeliest.ts";
import { ModelProgress } from "./model-progress.tsx";
import { type Fault, ProblemText } from "./problem-text.tsx";
import type { Why } from "./why/use-why.ts";
import { WhyButton, WhyPanel } from "./why/why-panel.tsx";

/** How many classes are shown at most. */
const most = 5;

interface AnswerPanelProps {
  /** All classes, the likeliest first; empty while there is no answer. */
  readonly possibilities: readonly Possibility[];
  /** How many classes there are. */
  readonly classes: number;
  readonly why: Why;
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
  classes,
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
  const rows = Math.min(most, classes);
  const listed = (fault === undefined ? possibilities : [])
    .slice(0, rows)
    .map((possibility) => ({ ...possibility, name: capitalised(possibility.name, locale) }));
  const best = fault === undefined ? possibilities[0] : undefined;
  const explained = why.asked && why.explains;
  const known = state?.phase !== "answered" || state.answer.known !== false;

  return (
    <div className="min-h-84 lg:min-h-90">
      <div className="flex min-h-26 flex-col justify-end pb-3 lg:min-h-32">
        {fault !== undefined ? (
          <ProblemText problem={fault} />
        ) : best !== undefined ? (
          <AnswerSentence best={best} count={classes} known={known} kind="image">
            {why.explains && <WhyButton why={why} />}
          </AnswerSentence>
        ) : (
          <ModelProgress
            model={model}
            kind="image"
            waiting={state !== undefined}
            onPause={onPause}
            onResume={onResume}
          />
        )}
      </div>
      {fault === undefined && (
        <Bars
          label={t(explained ? "explain" : known ? "likeliest" : "closest", { count: rows })}
          possibilities={listed}
          rows={rows}
          quantities={quantities}
          quiet={!known}
          chosen={explained ? why.chosen : undefined}
          onChoose={why.choose}
        />
      )}
      {why.asked && (why.explains || best === undefined) && (
        <WhyPanel why={why} name={listed.find(({ id }) => id === why.chosen)?.name ?? ""} />
      )}
      <p role="status" className="sr-only">
        {model.phase === "ready" && state === undefined && t("announceReady")}
      </p>
    </div>
  );
}
