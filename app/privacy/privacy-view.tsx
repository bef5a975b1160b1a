"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SentCounter } from "../../lib/ui/sent-counter.tsx";

/** How files stay on the device, in plain words, and three ways to check that. */
export function PrivacyView() {
  const t = useTranslations("privacy");
  const api = useTranslations("api");
  return (
    <div className="page">
      <title>{t("title")}</title>
      <div className="max-w-[40rem]">
        <h1 className="text-2xl font-semibold sm:text-3xl">{t("heading")}</h1>
        <p className="mt-4 text-lg text-muted">{t("lead")}</p>

        <h2 className="mt-10 text-xl font-semibold">{t("how")}</h2>
        <ol className="mt-3 space-y-3">
          <Step number={1}>{t("howModel")}</Step>
          <Step number={2}>{t("howPicture")}</Step>
          <Step number={3}>{t("howPolicy")}</Step>
        </ol>

        <h2 className="mt-10 text-xl font-semibold">{t("check")}</h2>
        <ol className="mt-3 space-y-3">
          <Step number={1}>
            {t("checkCounter")} <SentCounter />
          </Step>
          <Step number={2}>{t("checkNetwork")}</Step>
          <Step number={3}>{t("checkOffline")}</Step>
        </ol>

        <h2 className="mt-10 text-xl font-semibold">{api("heading")}</h2>
        <p className="mt-3">{api("text")}</p>
        <p>
          <a
            href="/api/v1/openapi.json"
            className="inline-flex min-h-11 items-center font-medium text-signal underline underline-offset-4"
          >
            {api("document")}
          </a>
        </p>

        <h2 className="mt-10 text-xl font-semibold">{t("remember")}</h2>
        <p className="mt-3">{t("rememberText")}</p>

        <h2 className="mt-10 text-xl font-semibold">{t("corrections")}</h2>
        <p className="mt-3">{t("correctionsText")}</p>
        <p className="mt-3">
          <Link href="/corrections" className="underline decoration-edge underline-offset-4">
            {t("correctionsLink")}
          </Link>
        </p>
      </div>
    </div>
  );
}

function Step({ number, children }: { readonly number: number; readonly children: ReactNode }) {
  return (
    <li className="flex gap-4">
      <span aria-hidden="true" className="figures w-4 shrink-0 font-medium text-accent">
        {number}
      </span>
      <p>{children}</p>
    </li>
  );
}
