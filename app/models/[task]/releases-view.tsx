"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { DescribedRelease } from "../../../lib/server/listed-models.ts";
import { OwnerSignIn } from "../../../lib/ui/owner-sign-in.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { ReleaseEntry } from "./release-entry.tsx";

interface ReleasesViewProps {
  readonly task: string;
  readonly releases: readonly DescribedRelease[];
  /** Whether the reader may choose which one answers, and see what was confused. */
  readonly isOwner: boolean;
}

/** A task's releases, one below the other so that their figures can be compared; the owner chooses among them. */
export function ReleasesView({ task, releases, isOwner }: ReleasesViewProps) {
  const t = useTranslations("workshop.models");
  const compare = useTranslations("compare");
  const { locale } = useChoices();
  const router = useRouter();
  const [news, setNews] = useState("");

  async function serve(version: string) {
    const answer = await fetch(`/models/${task}/served`, { method: "PUT", body: version }).catch(
      () => undefined,
    );
    setNews(answer?.ok ? t("nowServed", { version }) : t("failed"));
    router.refresh();
  }

  const title = releases[0]!.manifest.title[locale];
  return (
    <div data-task={task} className="page">
      <title>{`${title} · ${t("pageTitle")}`}</title>
      <p className="text-sm">
        <Link
          href="/models"
          className="inline-flex min-h-11 items-center text-muted underline underline-offset-4"
        >
          {t("all")}
        </Link>
      </p>
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2">
        <h1 className="text-2xl font-semibold sm:text-3xl">{title}</h1>
        <Link
          href={`/${task}`}
          className="inline-flex min-h-11 items-center font-medium text-signal underline underline-offset-4"
        >
          {t("try")}
        </Link>
      </div>
      {releases.length > 1 && (
        <p>
          <Link
            href={`/models/${task}/compare`}
            className="inline-flex min-h-11 items-center font-medium text-signal underline underline-offset-4"
          >
            {compare("open")}
          </Link>
        </p>
      )}
      <p role="status" className="min-h-6 text-sm text-muted">
        {news}
      </p>
      <ul>
        {releases.map((release) => (
          <ReleaseEntry
            key={release.manifest.version}
            release={release}
            isOwner={isOwner}
            onServe={isOwner && !release.isServed ? () => void serve(release.manifest.version) : undefined}
          />
        ))}
      </ul>
      <OwnerSignIn isOwner={isOwner} />
    </div>
  );
}
