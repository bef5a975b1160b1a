"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { networksOf } from "../../engine/release/kinds.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import { releaseBytes } from "../../lib/inference/release-files.ts";
import { useChoices } from "../../lib/ui/preferences.tsx";
import { useQuantities } from "../../lib/ui/quantities.ts";
import { useTrainingQuantities } from "../runs/quantities.ts";

interface ModelsViewProps {
  readonly tasks: readonly {
    readonly task: string;
    /** Those that are served. */
    readonly releases: readonly Manifest[];
    /** Of all its releases. */
    readonly count: number;
  }[];
}

/** All tasks with the models that answer. */
export function ModelsView({ tasks }: ModelsViewProps) {
  const t = useTranslations("workshop.models");
  const { locale } = useChoices();
  const { megabytes, milliseconds } = useQuantities();
  const { percent } = useTrainingQuantities();
  return (
    <div className="page">
      <title>{t("pageTitle")}</title>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("heading")}</h1>
      <p className="mt-3 text-lg text-muted">{t("lead")}</p>
      {tasks.length === 0 && (
        <div className="mt-8 border-t border-line pt-5">
          <p className="font-medium">{t("none")}</p>
          <p className="text-muted">{t("noneHint")}</p>
        </div>
      )}
      <ul className="mt-8">
        {tasks.map(({ task, releases, count }) => (
          <li
            key={task}
            data-task={task}
            className="grid gap-x-14 gap-y-3 border-t border-line py-6 sm:grid-cols-[1fr_2fr]"
          >
            <div>
              <h2 className="text-xl font-semibold">
                <Link
                  href={`/models/${task}`}
                  aria-label={t("open", { title: releases[0]!.title[locale] })}
                  className="decoration-signal decoration-2 underline-offset-4 hover:underline"
                >
                  {releases[0]!.title[locale]}
                </Link>
              </h2>
              <p className="mt-1 text-sm text-muted">{t("releases", { count })}</p>
            </div>
            <ul className="space-y-3">
              {releases.map((release) => {
                const { value, low, high } = release.metrics.top1;
                return (
                  <li key={release.version} className="figures text-sm">
                    <span className="text-base font-medium">{release.version}</span>
                    <span className="block text-muted">
                      {t("top1")} {percent(value)} (
                      {t("interval", { low: percent(low), high: percent(high) })}) · {networksOf(release)} ·{" "}
                      {megabytes(releaseBytes(release))} ·{" "}
                      {release.speed &&
                        `${t(`speedOf.${release.input.kind}`, { time: milliseconds(release.speed.ms) })} · `}
                      {release.licence.name}
                    </span>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
