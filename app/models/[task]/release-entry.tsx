"use client";

import { useFormatter, useTranslations } from "use-intl";
import { networksOf } from "../../../engine/release/kinds.ts";
import type { Manifest } from "../../../engine/release/manifest.ts";
import { releaseBytes } from "../../../lib/inference/release-files.ts";
import type { DescribedRelease } from "../../../lib/server/listed-models.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Markdown } from "../../../lib/ui/markdown.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { Reliability } from "../../[task]/reliability.tsx";
import { useTrainingQuantities } from "../../runs/quantities.ts";
import { ConfusionMatrix } from "./confusion-matrix.tsx";

interface ReleaseEntryProps {
  readonly release: DescribedRelease;
  /** Whether the reader may see what was confused. */
  readonly isOwner: boolean;
  /** Lets this one answer; undefined where it does already, or where the reader may not choose. */
  readonly onServe: (() => void) | undefined;
}

/** A release: its figures, how far its per cents can be trusted, and its card. */
export function ReleaseEntry({ release, isOwner, onServe }: ReleaseEntryProps) {
  const { manifest, isServed, card, confusions } = release;
  const t = useTranslations("workshop.models");
  const format = useFormatter();
  const { locale } = useChoices();
  const { version, created, metrics, licence } = manifest;
  const figures = useFigures(manifest);
  return (
    <li className="border-t border-line py-6">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 className="text-xl font-semibold">
          {version}
          {isServed && (
            <span className="ml-3 rounded-full bg-signal-wash px-3 py-1 align-middle text-sm font-medium text-signal">
              {t("served")}
            </span>
          )}
        </h2>
        {onServe && (
          <Button aria-label={t("serveName", { version })} onClick={onServe}>
            {t("serve")}
          </Button>
        )}
      </div>
      <p className="mt-1 text-sm text-muted">
        {networksOf(manifest)} ·{" "}
        <time dateTime={created}>{format.dateTime(new Date(created), { dateStyle: "medium" })}</time> ·{" "}
        {licence.url === undefined ? (
          licence.name
        ) : (
          <a href={licence.url} className="underline decoration-edge underline-offset-4 hover:text-ink">
            {licence.name}
          </a>
        )}
        {licence.nonCommercial && ` (${t("nonCommercial")})`}
      </p>
      <dl className="mt-4 grid grid-cols-2 gap-x-8 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
        {figures.map(([name, value, hint]) => (
          <div key={name}>
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="figures">
              {value}
              {hint !== undefined && <span className="block text-sm text-muted">{hint}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {metrics.reliability !== undefined && (
        <Reliability bins={metrics.reliability} testedOn={metrics.n} kind={manifest.input.kind} />
      )}
      {isOwner && <ConfusionMatrix manifest={manifest} table={confusions} />}
      {card !== undefined && (
        <details className="mt-2 border-t border-line pt-4">
          <summary className="min-h-11 py-2 font-semibold">{t("card", { version })}</summary>
          {locale !== "en" && <p className="text-sm text-muted">{t("cardLanguage")}</p>}
          <div lang="en">
            <Markdown text={card} level={3} />
          </div>
        </details>
      )}
    </li>
  );
}

/** [name, value, what else there is to it] */
function useFigures(manifest: Manifest): readonly (readonly [string, string, string?])[] {
  const t = useTranslations("workshop.models");
  const { megabytes, count, milliseconds } = useQuantities();
  const { percent } = useTrainingQuantities();
  const { metrics, speed } = manifest;
  const interval = ({ low, high }: { readonly low: number; readonly high: number }) =>
    t("interval", { low: percent(low), high: percent(high) });
  const split = metrics.split === "test" || metrics.split === "val" ? metrics.split : "other";
  return [
    [t("top1"), percent(metrics.top1.value), interval(metrics.top1)],
    [t("macroF1"), percent(metrics.macroF1.value), interval(metrics.macroF1)],
    [t("ece"), percent(metrics.ece)],
    [t("testedOn"), t(`split.${split}`, { count: count(metrics.n), split: metrics.split })],
    [t("size"), megabytes(releaseBytes(manifest))],
    ...(speed === undefined
      ? []
      : [
          [
            t("speed"),
            t(`speedOf.${manifest.input.kind}`, { time: milliseconds(speed.ms) }),
            t("machine", { processor: speed.processor, cores: speed.cores }),
          ] as const,
        ]),
  ];
}
