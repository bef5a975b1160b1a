"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../lib/ui/button.tsx";

/** Stops a run that goes on. */
export function StopButton({ id }: { readonly id: string }) {
  const t = useTranslations("workshop.runs");
  const [state, setState] = useState<"stop" | "stopping" | "failed">("stop");
  async function stop() {
    setState("stopping");
    const answer = await fetch(`/runs/${id}/stop`, { method: "POST" }).catch(() => undefined);
    if (!answer?.ok) setState("failed");
  }
  return (
    <p className="mt-4 flex flex-wrap items-center gap-4 text-sm text-muted">
      <Button disabled={state === "stopping"} onClick={() => void stop()}>
        {t("stop")}
      </Button>
      <span aria-live="polite">{state === "stop" ? t("stopHint") : t(state)}</span>
    </p>
  );
}
