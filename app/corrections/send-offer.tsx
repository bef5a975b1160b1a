"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Correction } from "../../lib/corrections/correction.ts";
import { type SendFault, sendCorrection } from "../../lib/corrections/send.ts";
import { keepCorrection } from "../../lib/corrections/store.ts";
import { Button } from "../../lib/ui/button.tsx";

interface SendOfferProps {
  readonly correction: Correction;
  /** Hears of the correction as it is once it was sent. */
  readonly onSent?: (correction: Correction) => void;
}

/** What would be sent of a correction and what for, and the button without which nothing is. */
export function SendOffer({ correction, onSent }: SendOfferProps) {
  const t = useTranslations("corrections.offer");
  const { kind } = correction;
  const [state, setState] = useState<"offered" | "sending" | "sent" | SendFault>("offered");

  async function send() {
    setState("sending");
    const fault = await sendCorrection(correction);
    setState(fault ?? "sent");
    if (fault !== undefined) return;
    const sent = { ...correction, sent: new Date().toISOString() };
    await keepCorrection(sent).catch(() => undefined); // it has arrived, whether or not that can be noted
    onSent?.(sent);
  }

  const isFault = state !== "offered" && state !== "sending" && state !== "sent";
  return (
    <section className="text-sm">
      <h3 className="font-semibold">{t(`heading.${kind}`)}</h3>
      <p className="mt-1 text-muted">{t(`what.${kind}`)}</p>
      <p className="mt-1 text-muted">{t("why")}</p>
      {state !== "sent" && (
        <Button onClick={() => void send()} disabled={state === "sending"} className="mt-3">
          {state === "sending" ? t("sending") : t(`send.${kind}`)}
        </Button>
      )}
      <p role="status" className={`mt-2 min-h-[1lh] ${isFault ? "text-danger" : "font-medium"}`}>
        {state === "sent" ? t("sent") : isFault ? t(`fault.${state}`) : ""}
      </p>
    </section>
  );
}
