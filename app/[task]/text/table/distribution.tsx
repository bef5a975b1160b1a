"use client";

import { useFormatter, useTranslations } from "use-intl";
import type { TextManifest } from "../../../../engine/release/manifest.ts";
import type { RowCounts } from "../../../../lib/text/answered-rows.ts";
import { Bar } from "../../../../lib/ui/bars.tsx";
import { useChoices } from "../../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../../lib/ui/quantities.ts";
import { capitalised } from "../../likeliest.ts";

/** How the answers are spread over the classes: a bar chart that is a table, too. */
export function Distribution({
  manifest,
  counts,
}: {
  readonly manifest: TextManifest;
  readonly counts: RowCounts;
}) {
  const t = useTranslations("text.table");
  const { locale } = useChoices();
  const { count } = useQuantities();
  const format = useFormatter();
  const rows = [
    ...manifest.classes.map((entry, i) => ({
      id: entry.id,
      name: capitalised(entry[locale], locale),
      number: counts.classes[i] ?? 0,
      quiet: false,
    })),
    { id: "?unknown", name: t("unknown"), number: counts.unknown, quiet: true },
    { id: "?empty", name: t("empty"), number: counts.empty, quiet: true },
  ].filter(({ quiet, number }) => !quiet || number > 0);
  const shareOf = (number: number) => (counts.all === 0 ? 0 : number / counts.all);
  return (
    <table className="mt-6 w-full border-collapse text-sm">
      <caption className="mb-2 text-left text-base font-semibold">{t("distribution")}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("answer")}</th>
          <td />
          <th scope="col">{t("count")}</th>
          <th scope="col">{t("share")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, number, quiet }) => (
          <tr key={id} className={quiet ? "text-muted" : ""}>
            <th scope="row" className="w-24 py-1.5 pr-3 text-left font-normal sm:w-48 sm:pr-4">
              {name}
            </th>
            <td>
              <Bar share={shareOf(number)} quiet={quiet} />
            </td>
            <td className="figures w-14 py-1.5 pl-3 text-right sm:w-20">{count(number)}</td>
            <td className="figures w-12 py-1.5 pl-2 text-right text-muted sm:w-16">
              {format.number(shareOf(number), { style: "percent" })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
