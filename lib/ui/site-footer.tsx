"use client";

import { useTranslations } from "use-intl";

/** Where this comes from: the same at the foot of each page. */
export function SiteFooter() {
  const t = useTranslations("site");
  return (
    <footer className="page mt-16 pb-8 text-sm text-muted sm:mt-20">
      <div className="flex flex-wrap justify-between gap-x-8 gap-y-1 border-t border-line pt-5">
        <p>{t("made")}</p>
        <p>{t("licence")}</p>
      </div>
    </footer>
  );
}
