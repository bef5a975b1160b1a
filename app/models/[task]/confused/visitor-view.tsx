"use client";

import { useTranslations } from "use-intl";
import { OwnerSignIn } from "../../../../lib/ui/owner-sign-in.tsx";

/** What somebody sees who has not signed in. */
export function VisitorView() {
  const t = useTranslations("confusions");
  return (
    <div className="page">
      <title>{t("title")}</title>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
      <p className="mt-3 max-w-prose text-lg text-muted">{t("signIn")}</p>
      <OwnerSignIn isOwner={false} />
    </div>
  );
}
