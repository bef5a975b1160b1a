"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { PictureManifest } from "../../engine/release/manifest.ts";
import type { Photo } from "../../lib/batch/batch.ts";
import type { PictureInference } from "../../lib/inference/use-model.ts";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { PromiseLine } from "../../lib/ui/promise-line.tsx";
import { AnswerPanel } from "./answer-panel.tsx";
import { CorrectAnswer } from "./correct/correct-answer.tsx";
import { Details } from "./details.tsx";
import { likeliest } from "./likeliest.ts";
import type { Fault } from "./problem-text.tsx";
import { HeatMap } from "./why/heat-map.tsx";
import { useWhy } from "./why/use-why.ts";

interface AnswerViewProps {
  readonly manifest: PictureManifest;
  readonly inference: Pick<PictureInference, "model" | "pause" | "resume">;
  /** The picture; undefined where there is none. */
  readonly photo: Photo | undefined;
  /** What was handed in and is no picture at all. */
  readonly refused?: Fault;
  /** The picture in its frame, with what lies on it. */
  readonly children: (overlay: ReactNode) => ReactNode;
}

/** A picture on the left, its answer on the right; on a phone one above the other. */
export function AnswerView({ manifest, inference, photo, refused, children }: AnswerViewProps) {
  const t = useTranslations("task");
  const { locale } = useChoices();
  const { model, pause, resume } = inference;
  const state = photo?.state;
  const answer = state?.phase === "answered" ? state.answer : undefined;
  const possibilities = answer === undefined ? [] : likeliest(manifest, answer.probabilities, locale);
  const why = useWhy(manifest, answer, possibilities[0]?.id);
  return (
    <div className="grid gap-x-14 gap-y-8 lg:grid-cols-[7fr_5fr]">
      <section aria-label={t("picture")}>
        {children(why.field && <HeatMap field={why.field} opacity={why.opacity} />)}
        <div className="mt-4">
          <PromiseLine />
        </div>
      </section>
      <section aria-label={t("answer")}>
        <AnswerPanel
          possibilities={possibilities}
          classes={manifest.classes.length}
          why={why}
          model={model}
          state={state}
          refused={refused}
          onPause={pause}
          onResume={resume}
        />
        <CorrectAnswer
          manifest={manifest}
          doubted={
            photo && answer && refused === undefined
              ? {
                  best: answer.known === false ? undefined : possibilities[0],
                  name: photo.file.name,
                  content: async () => photo.file,
                }
              : undefined
          }
        />
        <Details manifest={manifest} model={model} answer={answer} />
      </section>
    </div>
  );
}
