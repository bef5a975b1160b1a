"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useMemo } from "react";
import { useTranslations } from "use-intl";
import type { ShownJob } from "../../../lib/runs/job.ts";
import type { ShownRun } from "../../../lib/runs/run.ts";
import { OwnerSignIn } from "../../../lib/ui/owner-sign-in.tsx";
import { EpochTable } from "../epoch-table.tsx";
import { OutcomeWord } from "../outcome.tsx";
import { useTrainingQuantities } from "../quantities.ts";
import { RunCharts } from "../run-charts.tsx";
import { Command } from "./command.tsx";
import { FurtherButton } from "./further-button.tsx";
import { RunFacts } from "./run-facts.tsx";
import { StopButton } from "./stop-button.tsx";
import { useRunNews } from "./use-run-news.ts";

interface RunViewProps {
  readonly run: ShownRun;
  /** What makes the same run again; undefined for whoever is not the owner. */
  readonly command: string | undefined;
  /** What its owner can ask for when it is over. */
  readonly further: ShownJob["kind"] | undefined;
}

/** A run: how far it is, its curves, what it is made of, and how to make it again. */
export function RunView({ run, command, further }: RunViewProps) {
  const t = useTranslations("workshop.runs");
  const { percent, speed } = useTrainingQuantities();
  const first = useMemo(() => ({ summary: run, epochs: run.epochs, steps: [] }), [run]);
  const { summary, epochs, steps } = useRunNews(first);
  const { outcome, reason, bestTop1, bestEpoch } = summary;
  const step = steps.at(-1);
  const router = useRouter();
  const isOver = outcome !== "running" && run.outcome === "running";
  useEffect(() => {
    if (isOver) router.refresh(); // there is more that can be asked for now
  }, [isOver, router]);
  return (
    <div className="page">
      <title>{`${run.name} · ${t("pageTitle")}`}</title>
      <p className="text-sm">
        <Link
          href="/runs"
          className="inline-flex min-h-11 items-center text-muted underline underline-offset-4"
        >
          {t("back")}
        </Link>
      </p>
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2">
        <h1 className="text-2xl font-semibold wrap-anywhere sm:text-3xl">{run.name}</h1>
        <p role="status">
          <OutcomeWord outcome={outcome} />
        </p>
      </div>
      <p className="figures mt-2 min-h-6 text-muted">
        {[
          `${run.task} · ${run.network}`,
          bestTop1 !== null &&
            (bestEpoch === null
              ? `${t("best")} ${percent(bestTop1)}`
              : t("bestOf", { share: percent(bestTop1), epoch: bestEpoch + 1 })),
          outcome === "running" &&
            (step === undefined
              ? t("waiting")
              : t("progress", { epoch: step.epoch + 1, share: percent(step.done / Math.max(1, step.of)) })),
          outcome === "running" && step && t("perSecond", { rate: speed(step.itemsPerSecond) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {reason !== null && (
        <p lang="en" className="mt-3 max-w-prose text-danger wrap-anywhere">
          {reason}
        </p>
      )}
      {outcome === "lost" && <p className="mt-3 max-w-prose text-muted">{t("lostHint")}</p>}
      {outcome === "running" && command !== undefined && <StopButton id={run.id} />}
      {further && <FurtherButton id={run.id} kind={further} />}
      <RunCharts epochs={epochs} steps={steps} />
      <EpochTable epochs={epochs} />
      <RunFacts run={run} peakMemory={summary.peakMemory} />
      <Command command={command} />
      <OwnerSignIn isOwner={command !== undefined} />
    </div>
  );
}
