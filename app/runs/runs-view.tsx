"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import type { RunSummary } from "../../lib/runs/run.ts";
import { MOST_SERIES } from "../../lib/ui/most-series.ts";
import { OutcomeWord } from "./outcome.tsx";
import { useTrainingQuantities } from "./quantities.ts";

interface RunsViewProps {
  /** Undefined where they cannot be known. */
  readonly runs: readonly RunSummary[] | undefined;
  /** What was asked for. */
  readonly children: ReactNode;
}

/** All training runs as a table, and the way to compare some of them. */
export function RunsView({ runs, children }: RunsViewProps) {
  const t = useTranslations("workshop.runs");
  const invite = useTranslations("jobs")("invite");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const choose = (id: string, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <div className="page">
      <title>{t("pageTitle")}</title>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("heading")}</h1>
      <p className="mt-3 text-lg text-muted">{t("lead")}</p>
      <p className="mt-5">
        <Link
          href="/runs/new"
          className="inline-flex min-h-11 items-center rounded-md border border-edge px-4 text-sm font-medium transition-colors hover:border-ink hover:bg-sheet"
        >
          {invite}
        </Link>
      </p>
      {children}
      {runs === undefined || runs.length === 0 ? (
        <div className="mt-8 border-t border-line pt-5">
          <p className="font-medium">{runs ? t("none") : t("noDatabase")}</p>
          <p className="text-muted">{runs ? t("noneHint") : t("noDatabaseHint")}</p>
        </div>
      ) : (
        <>
          <ul className="mt-8 border-b border-line">
            {runs.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                isChosen={chosen.includes(run.id)}
                isFull={chosen.length === MOST_SERIES}
                onChoose={(isChosen) => choose(run.id, isChosen)}
              />
            ))}
          </ul>
          <p className="mt-5 min-h-11" aria-live="polite">
            {chosen.length < 2 ? (
              <span className="text-muted">{t("compareChosen", { count: chosen.length })}</span>
            ) : (
              <Link
                href={`/runs/compare?${chosen.map((id) => `run=${id}`).join("&")}`}
                className="inline-flex min-h-11 items-center rounded-md bg-accent px-4 text-sm font-medium text-on-accent transition-opacity hover:opacity-90"
              >
                {t("compareChosen", { count: chosen.length })}
              </Link>
            )}
          </p>
        </>
      )}
    </div>
  );
}

interface RunRowProps {
  readonly run: RunSummary;
  readonly isChosen: boolean;
  /** No more can be chosen. */
  readonly isFull: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

function RunRow({ run, isChosen, isFull, onChoose }: RunRowProps) {
  const t = useTranslations("workshop.runs");
  const { percent, speed, moment } = useTrainingQuantities();
  const { id, name, task, network, outcome, started, bestTop1, itemsPerSecond } = run;
  return (
    <li className="flex items-start gap-2 border-t border-line py-3">
      <label className="-ml-3 flex size-11 shrink-0 items-center justify-center">
        <input
          type="checkbox"
          aria-label={t("compareOne", { name })}
          checked={isChosen}
          disabled={isFull && !isChosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
          className="size-4 accent-accent"
        />
      </label>
      <div className="grid min-w-0 flex-1 gap-x-8 gap-y-1 pt-2 sm:grid-cols-[3fr_1fr_2fr_2fr]">
        <p className="min-w-0">
          <Link href={`/runs/${id}`} className="font-medium wrap-anywhere underline-offset-4 hover:underline">
            {name}
          </Link>
          <span className="block text-sm text-muted wrap-anywhere">
            {task} · {network}
          </span>
        </p>
        <p className="text-sm">
          <OutcomeWord outcome={outcome} />
        </p>
        <p className="figures text-sm">
          {bestTop1 !== null && `${t("best")} ${percent(bestTop1)}`}
          {itemsPerSecond !== null && (
            <span className="block text-muted">{t("perSecond", { rate: speed(itemsPerSecond) })}</span>
          )}
        </p>
        <p className="figures text-sm text-muted sm:text-right">
          <time dateTime={started}>{moment(started)}</time>
        </p>
      </div>
    </li>
  );
}
