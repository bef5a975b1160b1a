"use client";

import { useTranslations } from "use-intl";
import { RATE } from "../../../engine/data/audio/resample.ts";
import type { MicrophoneSwitch } from "../../../lib/sound/use-microphone.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { AlertIcon } from "../../../lib/ui/icons.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";

/** What is wrong with the microphone and what to do; nothing where all is well. */
export function MicrophoneNotice({ microphone }: { readonly microphone: MicrophoneSwitch }) {
  const t = useTranslations("sound.microphone");
  const { rate: decimal } = useQuantities();
  const { fault, heldBack, mute, rate, resume, phase } = microphone;
  if (fault !== undefined) {
    return (
      <div role="alert" className="mt-4 flex gap-3">
        <span className="mt-0.5 text-danger">
          <AlertIcon />
        </span>
        <div>
          <p className="font-medium text-danger">{t(fault)}</p>
          <p className="mt-0.5 text-sm text-muted">{t(`${fault}Hint`)}</p>
        </div>
      </div>
    );
  }
  if (phase === "off") return null;
  if (heldBack) {
    return (
      <div role="status" className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-sm">{t("heldBack")}</p>
        <Button onClick={resume}>{t("resume")}</Button>
      </div>
    );
  }
  const note = mute
    ? t("mute")
    : rate !== undefined && rate < RATE
      ? t("lowRate", { rate: decimal(rate / 1000) })
      : undefined;
  return note === undefined ? null : (
    <p role="status" className="mt-4 max-w-prose text-sm text-muted">
      {note}
    </p>
  );
}
