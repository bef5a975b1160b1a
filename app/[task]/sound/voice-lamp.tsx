"use client";

import { useTranslations } from "use-intl";
import type { LiveStep } from "../../../lib/inference/sound-protocol.ts";
import type { MicrophoneState } from "../../../lib/sound/use-microphone.ts";

interface VoiceLampProps {
  readonly step: LiveStep | undefined;
  readonly phase: MicrophoneState["phase"];
}

/** What is as quiet as this, in decibels, gives no bar at all. */
const floor = -70;

/** How loud it is, and whether somebody speaks: a lamp, a word and a bar that keep their room. */
export function VoiceLamp({ step, phase }: VoiceLampProps) {
  const t = useTranslations("sound");
  const voice = step?.voice ?? false;
  const loud = step === undefined ? 0 : Math.min(1, Math.max(0, 1 - step.level / floor));
  return (
    <p className="flex min-h-11 items-center gap-3 text-sm">
      <span
        aria-hidden="true"
        className={`size-3 rounded-full border ${voice ? "border-signal bg-signal" : "border-edge"}`}
      />
      <span data-testid="voice" className="min-w-16 text-muted">
        {phase === "off"
          ? t("live.off")
          : phase === "opening" || step === undefined
            ? t("opening")
            : t(voice ? "live.voice" : "live.quiet")}
      </span>
      <span aria-hidden="true" className="h-1.5 w-24 overflow-hidden rounded-full bg-line">
        <span
          className="block h-full origin-left rounded-full bg-signal"
          ref={(element) => {
            // Set from here and not as markup: the page's policy allows no inline styles.
            if (element !== null) element.style.transform = `scaleX(${loud})`;
          }}
        />
      </span>
    </p>
  );
}
