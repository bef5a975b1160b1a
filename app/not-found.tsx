"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";

/** An address that leads nowhere. */
export default function NotFound() {
  const t = useTranslations("lost");
  return (
    <div className="page">
      <title>{t("pageTitle")}</title>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
      <p className="mt-4 text-lg text-muted">{t("hint")}</p>
      <p className="mt-6">
        <Link href="/" className="font-medium text-accent underline underline-offset-4">
          {t("home")}
        </Link>
      </p>
    </div>
  );
}
