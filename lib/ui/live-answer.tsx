"use client";

import type { RefObject } from "react";
import { useTranslations } from "use-intl";
import { Bar } from "./bars.tsx";
import { useQuantities } from "./quantities.ts";
import { type Look, useLive } from "./use-live.ts";

/** Who answers while the camera looks, and in which words. */
export interface LiveAnswers {
  /** Undefined until the model is here. */
  readonly look: Look | undefined;
  /** The name of a class, by its index. */
  readonly name: (index: number) => string;
  /** An answer as a sentence, such as "Guitar — 97 %". */
  readonly sentence: (index: number, probability: number) => string;
  /** What is said of a thing that belongs to no class. */
  readonly unknown: string;
}

interface LiveAnswerProps extends LiveAnswers {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** The video shows something. */
  readonly running: boolean;
}

/** What is before the camera now, below its picture. The rows keep their height, so nothing jumps. */
export function LiveAnswer({ video, running, look, name, sentence, unknown }: LiveAnswerProps) {
  const t = useTranslations("camera");
  const { count } = useQuantities();
  const live = useLive(video, look, running);
  const probability = live?.known ? live.mean[live.shown]! : 0;
  return (
    <div className="mt-4">
      <div className="mb-2 flex min-h-8 items-baseline justify-between gap-4">
        <p data-testid="live-answer" className="figures min-w-0 truncate text-xl font-semibold">
          {live === undefined ? (
            <span className="font-medium text-muted">{t(look === undefined ? "waiting" : "looking")}</span>
          ) : live.known ? (
            sentence(live.shown, probability)
          ) : (
            unknown
          )}
        </p>
        <p className="figures shrink-0 text-sm text-muted">
          {live !== undefined && live.rate > 0 && t("rate", { rate: count(Math.round(live.rate)) })}
        </p>
      </div>
      <Bar share={probability} />
      {/* Read out when the thing changes, not with every frame. */}
      <p role="status" className="sr-only">
        {live !== undefined && (live.known ? name(live.shown) : unknown)}
      </p>
    </div>
  );
}
