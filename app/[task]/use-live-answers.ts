"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { PictureManifest } from "../../engine/release/manifest.ts";
import type { PictureInference } from "../../lib/inference/use-model.ts";
import type { LiveAnswers } from "../../lib/ui/live-answer.tsx";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";
import { capitalised } from "./likeliest.ts";

/** What a release says of a camera's frames, in the words of its answers to pictures. */
export function useLiveAnswers(manifest: PictureManifest, { model, client }: PictureInference): LiveAnswers {
  const t = useTranslations("answer");
  const { locale } = useChoices();
  const { share } = useQuantities();
  const look = useCallback(
    async (frame: ImageBitmap) => {
      const outcome = await client?.ask(frame, "").catch(() => undefined);
      return outcome?.kind === "answer" ? outcome.answer : undefined;
    },
    [client],
  );
  const name = (index: number) => manifest.classes[index]![locale];
  return {
    look: model.phase === "ready" ? look : undefined,
    name: (index) => capitalised(name(index), locale),
    sentence: (index, probability) =>
      probability >= 0.5
        ? t("sentence", { name: capitalised(name(index), locale), share: share(probability) })
        : t("unsure", { name: name(index), share: share(probability) }),
    unknown: t("unknown"),
  };
}
