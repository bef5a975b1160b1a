"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { OwnerSignIn } from "../../../lib/ui/owner-sign-in.tsx";
import { NewRunForm } from "./new-run-form.tsx";

interface NewRunViewProps {
  readonly isOwner: boolean;
  /** Names of those that there are. */
  readonly tasks: readonly string[];
  readonly networks: readonly string[];
}

/** The page on which a training is asked for. */
export function NewRunView({ isOwner, tasks, networks }: NewRunViewProps) {
  const t = useTranslations("jobs");
  const back = useTranslations("workshop.runs")("back");
  return (
    <div className="page">
      <title>{t("pageTitle")}</title>
      <p className="text-sm">
        <Link
          href="/runs"
          className="inline-flex min-h-11 items-center text-muted underline underline-offset-4"
        >
          {back}
        </Link>
      </p>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("heading")}</h1>
      <p className="mt-3 max-w-prose text-lg text-muted">{isOwner ? t("lead") : t("signInFirst")}</p>
      {isOwner && <NewRunForm tasks={tasks} networks={networks} />}
      <OwnerSignIn isOwner={isOwner} />
    </div>
  );
}
