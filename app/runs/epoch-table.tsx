"use client";

import { useTranslations } from "use-intl";
import type { EpochMetrics } from "../../lib/runs/run.ts";
import { ScrollRegion } from "../../lib/ui/scroll-region.tsx";
import { useTrainingQuantities } from "./quantities.ts";

/** What the charts show, in figures. */
export function EpochTable({ epochs }: { readonly epochs: readonly EpochMetrics[] }) {
  const t = useTranslations("workshop.runs");
  const { percent, loss, rate, speed, seconds } = useTrainingQuantities();
  const columns: readonly (readonly [name: string, value: (epoch: EpochMetrics) => string])[] = [
    [t("epoch"), ({ epoch }) => String(epoch + 1)],
    [`${t("loss")}, ${t("lossOf.train")}`, (e) => loss(e.loss)],
    [`${t("loss")}, ${t("lossOf.val")}`, (e) => loss(e.valLoss)],
    [t("accuracy"), (e) => percent(e.valTop1)],
    [t("accuracyOf.macroF1"), (e) => percent(e.valMacroF1)],
    [t("rate"), (e) => rate(e.rate)],
    [t("speed"), (e) => t("perSecond", { rate: speed(e.itemsPerSecond) })],
    [t("time"), (e) => seconds(e.seconds)],
  ];
  return (
    <details className="mt-8 border-t border-line pt-4">
      <summary className="min-h-11 py-2 font-semibold">{t("table")}</summary>
      {epochs.length === 0 ? (
        <p className="text-sm text-muted">{t("nothingYet")}</p>
      ) : (
        <ScrollRegion label={t("table")}>
          <table className="figures w-full text-sm">
            <thead className="text-muted">
              <tr>
                {columns.map(([name]) => (
                  <th
                    key={name}
                    scope="col"
                    className="border-b border-line py-1 pr-6 text-right font-normal last:pr-0"
                  >
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {epochs.map((epoch) => (
                <tr key={epoch.epoch} className={epoch.best ? "font-medium" : "text-muted"}>
                  {columns.map(([name, value]) => (
                    <td key={name} className="py-0.5 pr-6 text-right whitespace-nowrap last:pr-0">
                      {value(epoch)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </details>
  );
}
