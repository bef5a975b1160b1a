"use client";

import Link from "next/link";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { Run } from "../../../lib/runs/run.ts";
import { LineChart } from "../../../lib/ui/line-chart.tsx";
import { ScrollRegion } from "../../../lib/ui/scroll-region.tsx";
import { useTrainingQuantities } from "../quantities.ts";
import { byEpoch } from "../run-charts.tsx";

type Compared = Pick<Run, "id" | "name" | "task" | "network" | "bestTop1" | "epochs" | "config">;

/** Runs over the same axes, and a table of what differs in their settings. */
export function CompareView({ runs }: { readonly runs: readonly Compared[] }) {
  const t = useTranslations("workshop.runs");
  const { percent, loss, speed } = useTrainingQuantities();
  const lines = useMemo(() => {
    const of = (value: (epoch: Compared["epochs"][number]) => number) =>
      runs.map(({ name, epochs }) => ({ label: name, points: byEpoch(epochs, value) }));
    return {
      train: of((e) => e.loss),
      val: of((e) => e.valLoss),
      accuracy: of((e) => e.valTop1),
      speed: of((e) => e.itemsPerSecond),
    };
  }, [runs]);
  const rows: readonly (readonly [name: string, value: (run: Compared) => string])[] = [
    [t("best"), ({ bestTop1 }) => (bestTop1 === null ? "–" : percent(bestTop1))],
    [t("epochs"), ({ epochs }) => String(epochs.length)],
    [t("task"), ({ task }) => task],
    [t("network"), ({ network }) => network],
    ...differing(runs).map(
      (name) => [name, ({ config }: Compared) => JSON.stringify(config[name]) ?? "–"] as const,
    ),
  ];
  return (
    <div className="page">
      <title>{t("pageTitle")}</title>
      <p className="text-sm">
        <Link
          href="/runs"
          className="inline-flex min-h-11 items-center text-muted underline underline-offset-4"
        >
          {t("back")}
        </Link>
      </p>
      <h1 className="text-2xl font-semibold sm:text-3xl">{t("comparison", { count: runs.length })}</h1>
      <div className="mt-6 grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <LineChart title={t("accuracy")} across={t("epoch")} series={lines.accuracy} format={percent} />
        <LineChart
          title={`${t("loss")}, ${t("lossOf.val")}`}
          across={t("epoch")}
          series={lines.val}
          format={loss}
        />
        <LineChart
          title={`${t("loss")}, ${t("lossOf.train")}`}
          across={t("epoch")}
          series={lines.train}
          format={loss}
        />
        <LineChart title={t("speed")} across={t("epoch")} series={lines.speed} format={speed} />
      </div>
      <ScrollRegion label={t("settings")} className="mt-8 border-t border-line pt-4">
        <table className="figures w-full text-sm">
          <thead>
            <tr>
              <td className="border-b border-line" />
              {runs.map(({ id, name }) => (
                <th key={id} scope="col" className="border-b border-line py-2 pr-6 text-left font-medium">
                  <Link href={`/runs/${id}`} className="underline underline-offset-4">
                    {name}
                  </Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row" className="py-1 pr-6 text-left align-top font-normal text-muted">
                  {name}
                </th>
                {runs.map((run) => (
                  <td key={run.id} className="min-w-40 py-1 pr-6 align-top wrap-anywhere">
                    {value(run)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}

/** The names of the settings that are not the same in all runs. */
function differing(runs: readonly Compared[]): string[] {
  const names = new Set(runs.flatMap(({ config }) => Object.keys(config)));
  names.delete("network");
  return [...names].filter(
    (name) => new Set(runs.map(({ config }) => JSON.stringify(config[name]))).size > 1,
  );
}
