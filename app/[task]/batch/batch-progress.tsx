"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Batch, BatchState } from "../../../lib/batch/batch.ts";
import { paceOf } from "../../../lib/batch/pace.ts";
import type { PictureInference } from "../../../lib/inference/use-model.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { ByteProgress } from "../../../lib/ui/byte-progress.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { ModelProgress } from "../model-progress.tsx";
import { ProblemText } from "../problem-text.tsx";

interface BatchProgressProps {
  readonly batch: Batch;
  readonly state: BatchState;
  readonly inference: Pick<PictureInference, "model" | "pause" | "resume">;
  /** More buttons, beside those for the work. */
  readonly children: ReactNode;
}

/** How far the work is and what can be done about it; before that, where the model is. */
export function BatchProgress({ batch, state, inference, children }: BatchProgressProps) {
  const t = useTranslations("batch");
  const { rate, roughly } = useQuantities();
  const { model, pause, resume } = inference;
  const { photos, stopped, finished } = state;
  const failed = photos.filter(({ state }) => state.phase === "failed").length;
  const answers = photos.flatMap(({ state }) => (state.phase === "answered" ? [state.answer] : []));
  const answered = answers.length;
  const unknown = answers.filter(({ known }) => known === false).length;
  const [done, total] = [answered + failed, photos.length];
  const over = done === total;
  const pace = over || stopped ? undefined : paceOf(finished, total - done);
  const title = over
    ? t("finished", { count: answered - unknown })
    : t(stopped ? "stopped" : "progress", { done, total });
  const notes = [
    pace && t("pace", { rate: rate(pace.perSecond) }),
    pace && t("left", { time: roughly(pace.secondsLeft) }),
    unknown > 0 && t("strangers", { count: unknown }),
    failed > 0 && t("failed", { count: failed }),
  ].filter(Boolean);

  /** Read out four times on the way, not for each photo. */
  function announcement(): string {
    if (over || stopped) return [title, ...notes].join(", ");
    const quarter = Math.floor((4 * done) / total);
    return quarter === 0 ? "" : t("progress", { done: Math.ceil((quarter * total) / 4), total });
  }

  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-h-15 min-w-0 flex-1 basis-72">
          {model.phase === "failed" ? (
            <ProblemText problem={model.problem} />
          ) : model.phase === "ready" ? (
            <>
              <h2 className="figures text-xl font-medium">{title}</h2>
              <p className="figures mt-0.5 text-sm text-muted">{notes.join(" · ")}</p>
            </>
          ) : (
            <ModelProgress model={model} kind="image" waiting={false} onPause={pause} onResume={resume} />
          )}
        </div>
        <div className="flex flex-wrap gap-3">
          {!over && !stopped && <Button onClick={() => batch.stop()}>{t("stop")}</Button>}
          {!over && stopped && (
            <Button look="primary" onClick={() => batch.goOn()}>
              {t("goOn")}
            </Button>
          )}
          {over && failed > 0 && (
            <Button onClick={() => batch.retryFailed()}>{t("retry", { count: failed })}</Button>
          )}
          {children}
        </div>
      </div>
      <div className={`mt-3 ${over ? "invisible" : ""}`}>
        <ByteProgress received={done} total={total} label={t("photos")} />
      </div>
      <p role="status" className="sr-only">
        {announcement()}
      </p>
    </>
  );
}
