"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import type { Manifest } from "../../../engine/release/manifest.ts";
import type { ConfusionTable } from "../../../lib/server/listed-models.ts";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { ScrollRegion } from "../../../lib/ui/scroll-region.tsx";

interface ConfusionMatrixProps {
  readonly manifest: Manifest;
  /** Undefined where the release was not measured on this server. */
  readonly table: ConfusionTable | undefined;
}

/** What a release takes for what: each count of a confusion opens the examples. Or how to find out. */
export function ConfusionMatrix({ manifest, table }: ConfusionMatrixProps) {
  const t = useTranslations("confusions");
  const { task, version, input } = manifest;
  return (
    <details className="mt-2 border-t border-line pt-4 open:pb-4">
      <summary className="min-h-11 py-2 font-semibold">{t("title")}</summary>
      {table === undefined ? (
        <>
          <p className="mt-1 max-w-prose text-sm text-muted">{t(`none.${input.kind}`)}</p>
          <pre className="mt-3 rounded-md border border-line bg-sheet p-4 text-sm whitespace-pre-wrap wrap-anywhere">
            <code>{`npm run -s evaluate -- ${task} --model ${version} --data ${t("folder")}`}</code>
          </pre>
        </>
      ) : (
        <Matrix manifest={manifest} table={table} />
      )}
    </details>
  );
}

function Matrix({ manifest, table }: Required<ConfusionMatrixProps> & { readonly table: ConfusionTable }) {
  const t = useTranslations("confusions");
  const format = useFormatter();
  const { locale } = useChoices();
  const { count } = useQuantities();
  const { task, version, classes, input } = manifest;
  const { confusion, split, measured } = table;
  const n = confusion.flat().reduce((sum, items) => sum + items, 0);
  const date = format.dateTime(new Date(measured), { dateStyle: "medium" });
  return (
    <>
      <p className="mt-1 max-w-prose text-sm text-muted">{t(`lead.${input.kind}`)}</p>
      <p className="figures mt-1 text-sm text-muted">{t("measured", { date, count: count(n), split })}</p>
      <ScrollRegion label={t("title")} className="mt-4 w-fit max-w-full">
        <table className="figures border-separate border-spacing-px text-sm">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <td />
              {classes.map((named) => (
                <th key={named.id} scope="col" className="h-px pb-1 align-bottom font-normal text-muted">
                  <span
                    // Letters lie on their side and are read upwards; Chinese stands upright.
                    className={`mx-auto block w-5 whitespace-nowrap [writing-mode:vertical-rl] ${locale === "zh" ? "" : "rotate-180"}`}
                  >
                    {named[locale]}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((named, shown) => (
              <tr key={named.id}>
                <th
                  scope="row"
                  className="sticky left-0 max-w-28 bg-paper pr-2 text-right leading-tight font-normal text-muted sm:max-w-none"
                >
                  {named[locale]}
                </th>
                {confusion[shown]!.map((items, answered) => (
                  <td key={classes[answered]!.id} className="size-8 min-w-8 bg-sheet p-0 text-center">
                    {items > 0 && answered === shown && <span className="text-muted">{count(items)}</span>}
                    {items > 0 && answered !== shown && (
                      <Link
                        href={`/models/${task}/confused?release=${version}&shown=${named.id}&answered=${classes[answered]!.id}`}
                        prefetch={false}
                        aria-label={t("cell", {
                          count: count(items),
                          shown: named[locale],
                          answered: classes[answered]![locale],
                        })}
                        className={`flex size-8 min-w-full items-center justify-center font-medium -outline-offset-2 hover:outline-2 hover:outline-signal ${depth(items / Math.max(...confusion[shown]!))}`}
                      >
                        {count(items)}
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

/** How dark a cell is, by its count as a share of the row's largest. */
function depth(share: number): string {
  return share < 0.05 ? "bg-signal/15" : share < 0.15 ? "bg-signal/25" : "bg-signal/40";
}
