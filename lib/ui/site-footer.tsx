"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";

const link =
  "inline-flex min-h-11 items-center transition-colors hover:text-ink hover:underline underline-offset-4";

/** Where this comes from, and the way to what only some readers look for: the same at the foot of each page. */
export function SiteFooter() {
  const t = useTranslations();
  return (
    <footer className="page mt-16 pb-8 text-sm text-muted sm:mt-20">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-1 border-t border-line pt-3">
        <p>{t("site.made")}</p>
        {/* Few go there: the pages come when they are asked for. */}
        <nav aria-label={t("workshop.nav")} className="flex flex-wrap gap-x-6">
          <Link href="/corrections" prefetch={false} className={link}>
            {t("corrections.link")}
          </Link>
          <Link href="/models" prefetch={false} className={link}>
            {t("workshop.modelsLink")}
          </Link>
          <Link href="/runs" prefetch={false} className={link}>
            {t("workshop.runsLink")}
          </Link>
          <Link href="/account" prefetch={false} className={link}>
            {t("account.nav")}
          </Link>
        </nav>
        <p>{t("site.licence")}</p>
      </div>
    </footer>
  );
}
