"use client";

import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { sentBytes } from "../privacy/sent.ts";

/** What this page has sent in request bodies since it was opened, live. */
export function SentCounter() {
  const t = useTranslations("site");
  const bytes = useSyncExternalStore(sentBytes.subscribe, sentBytes.read, () => 0);
  return (
    <output data-testid="sent" className="figures font-medium whitespace-nowrap text-accent">
      {t("sent", { bytes })}
    </output>
  );
}
