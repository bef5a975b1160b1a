"use client";

import { useTranslations } from "use-intl";
import { Button } from "../lib/ui/button.tsx";

/** A page that broke while it was drawn. */
export default function BrokenPage() {
  const t = useTranslations("lost");
  return (
    <div className="page">
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("brokenTitle")}</h1>
      <p className="mt-4 mb-6 text-lg text-muted">{t("brokenHint")}</p>
      <Button look="primary" onClick={() => location.reload()}>
        {t("reload")}
      </Button>
    </div>
  );
}
