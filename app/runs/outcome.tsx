"use client";

import { useTranslations } from "use-intl";
import type { Outcome } from "../../lib/runs/run.ts";

const dots: Readonly<Record<Outcome, string>> = {
  running: "bg-accent motion-safe:animate-pulse",
  finished: "bg-accent",
  stopped: "bg-edge",
  failed: "bg-danger",
  lost: "bg-danger",
};

/** How a run stands, in a word with a dot before it. */
export function OutcomeWord({ outcome }: { readonly outcome: Outcome }) {
  const t = useTranslations("workshop.runs.outcomes");
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden="true" className={`size-2 rounded-full ${dots[outcome]}`} />
      {t(outcome)}
    </span>
  );
}
