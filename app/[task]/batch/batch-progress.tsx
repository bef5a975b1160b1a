"use client";

import { useTranslations } from "use-intl";
import type { Batch, BatchState } from "../../../lib/batch/batch.ts";
import { paceOf } from "../../../lib/batch/pace.ts";
import type { Inference } from "../../../lib/inference/use-inference.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { ByteProgress } from "../../../lib/ui/byte-progress.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { ModelProgress } from "../model-progress.tsx";
import { ProblemText } from "../problem-text.tsx";

interface BatchProgressProps {
  readonly batch: Batch;
  readonly state: BatchState;
  readonly inference: Pick<Inference, "model" | "pause" | "resume">;
}

/** How far the work is and what can be done about it; before that, where the model is. The height stays. */
export function BatchProgress({ batch, state, inference }: BatchProgressProps) {
  const { model, pause, resume } = inference;
  return (
    <div className="min-h-21 min-w-0 flex-1 basis-80">
      {model.phase === "failed" ? (
        <ProblemText problem={model.problem} />
      ) : model.phase === "ready" ? (
        <Work batch={batch} state={state} />
      ) : (
        <ModelProgress model={model} waiting={false} onPause={pause} onResume={resume} />
      )}
    </div>
  );
}

function Work({ batch, state: { photos, stopped, finished } }: Omit<BatchProgressProps, "inference">) {
  const t = useTranslations("batch");
  const { rate, roughly } = useQuantities();
  const failed = photos.filter(({ state }) => state.phase === "failed").length;
  const answered = photos.filter(({ state }) => state.phase === "answered").length;
  const total = photos.length;
  const done = answered + failed;
  const over = done === total;
  const pace = over || stopped ? undefined : paceOf(finished, total - done);
  const title = over
    ? t("finished", { count: answered })
    : t(stopped ? "stopped" : "progress", { done, total });
  const notes = [
    pace && t("pace", { rate: rate(pace.perSecond) }),
    pace && t("left", { time: roughly(pace.secondsLeft) }),
    failed > 0 && t("failed", { count: failed }),
  ].filter(Boolean);
  return (
    <div className="flex flex-wrap items-end gap-x-5 gap-y-2">
      <div className="min-w-0 flex-1 basis-48">
        <h2 className="figures text-xl font-medium">{title}</h2>
        <p className="figures mt-1 mb-2 min-h-[1lh] text-sm text-muted">{notes.join(" · ")}</p>
        <ByteProgress received={done} total={total} label={t("photos")} />
      </div>
      {!over && !stopped && <Button onClick={() => batch.stop()}>{t("stop")}</Button>}
      {!over && stopped && (
        <Button look="primary" onClick={() => batch.goOn()}>
          {t("goOn")}
        </Button>
      )}
      {over && failed > 0 && <Button onClick={() => batch.retryFailed()}>{t("retry")}</Button>}
      <p role="status" className="sr-only">
        {announcement()}
      </p>
    </div>
  );

  /** Read out four times on the way, not for each photo. */
  function announcement(): string {
    if (over || stopped) return [title, ...notes].join(", ");
    const quarter = Math.floor((4 * done) / total);
    return quarter === 0 ? "" : t("progress", { done: Math.ceil((quarter * total) / 4), total });
  }
}
