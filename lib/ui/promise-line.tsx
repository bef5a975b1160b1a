"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { DeviceIcon } from "./icons.tsx";
import { SentCounter } from "./sent-counter.tsx";

/** The promise, which leads to the ways to check it, and the counter that shows it is kept. */
export function PromiseLine() {
  const t = useTranslations("site");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <span className="flex items-center gap-2">
        <span className="text-accent">
          <DeviceIcon />
        </span>
        <Link
          href="/privacy"
          className="underline decoration-edge underline-offset-4 transition-colors hover:text-ink"
        >
          {t("promise")}
        </Link>
      </span>
      <SentCounter />
    </div>
  );
}
