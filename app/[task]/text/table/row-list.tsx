"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { TextManifest } from "../../../../engine/release/manifest.ts";
import type { TextClient } from "../../../../lib/inference/text-client.ts";
import type { AnsweredRow, RowCounts, RowPage, RowSelection } from "../../../../lib/text/answered-rows.ts";
import { Bar, type Possibility } from "../../../../lib/ui/bars.tsx";
import { Button } from "../../../../lib/ui/button.tsx";
import { ChevronIcon } from "../../../../lib/ui/icons.tsx";
import { useChoices } from "../../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../../lib/ui/quantities.ts";
import { CorrectDialog, type Doubted } from "../../correct/correct-dialog.tsx";
import { CorrectRow } from "../../correct/correct-row.tsx";
import { capitalised, likeliest } from "../../likeliest.ts";

interface RowListProps {
  readonly manifest: TextManifest;
  readonly client: TextClient | undefined;
  /** What the table's file is called. */
  readonly name: string;
  readonly counts: RowCounts;
  readonly selection: RowSelection;
  readonly onShowAll: () => void;
}

/** Rows on a page. */
const perPage = 50;

/** A table's texts with their answers, a page at a time: the worker has the others. */
export function RowList({ manifest, client, name, counts, selection, onShowAll }: RowListProps) {
  const t = useTranslations("text.table");
  const { count } = useQuantities();
  const [at, setAt] = useState({ selection, from: 0 });
  const [doubted, setDoubted] = useState<Doubted>();
  const from = at.selection === selection ? at.from : 0;
  const page = useRowPage(client, selection, from, counts);
  if (page === undefined || client === undefined) return null;
  const { rows, total } = page;
  if (total === 0) {
    return (
      <div className="flex min-h-40 flex-col items-center justify-center gap-3">
        <p className="text-muted">{t("none")}</p>
        <Button onClick={onShowAll}>{t("showAll")}</Button>
      </div>
    );
  }
  const doubt = ({ index }: AnsweredRow, best: Possibility | undefined) =>
    setDoubted({
      best,
      name,
      content: async () => new Blob([await client.ask("rowText", { index })], { type: "text/plain" }),
    });
  return (
    <>
      <ol aria-label={t("list")} className="mt-4">
        {rows.map((row) => (
          <Row key={row.index} row={row} manifest={manifest} onDoubt={(best) => doubt(row, best)} />
        ))}
      </ol>
      {total > perPage && (
        <nav className="mt-4 flex items-center justify-end gap-3">
          <p className="figures mr-auto text-sm text-muted" role="status">
            {t("page", {
              from: count(from + 1),
              to: count(Math.min(from + perPage, total)),
              total: count(total),
            })}
          </p>
          <Button
            aria-label={t("previous")}
            disabled={from === 0}
            onClick={() => setAt({ selection, from: from - perPage })}
          >
            <ChevronIcon to="left" />
          </Button>
          <Button
            aria-label={t("next")}
            disabled={from + perPage >= total}
            onClick={() => setAt({ selection, from: from + perPage })}
          >
            <ChevronIcon to="right" />
          </Button>
        </nav>
      )}
      {doubted !== undefined && (
        <CorrectDialog manifest={manifest} doubted={doubted} onClose={() => setDoubted(undefined)} />
      )}
    </>
  );
}

/** A page of the wanted rows, as it is now; the one before as long as that is not known. */
function useRowPage(
  client: TextClient | undefined,
  selection: RowSelection,
  from: number,
  counts: RowCounts,
): RowPage | undefined {
  const [page, setPage] = useState<RowPage>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with the counts the rows have changed.
  useEffect(() => {
    const controller = new AbortController();
    client
      ?.ask("rows", { selection, from, count: perPage }, { signal: controller.signal })
      .then(setPage, () => undefined);
    return () => controller.abort();
  }, [client, selection, from, counts]);
  return page;
}

interface RowProps {
  readonly row: AnsweredRow;
  readonly manifest: TextManifest;
  /** Hears of the class that somebody finds wrong; undefined for a language not learnt. */
  readonly onDoubt: (best: Possibility | undefined) => void;
}

function Row({ row, manifest, onDoubt }: RowProps) {
  const t = useTranslations("text.table");
  const { locale } = useChoices();
  const { share, count } = useQuantities();
  const { index, excerpt, answer } = row;
  const best = answer?.known ? likeliest(manifest, answer.probabilities, locale)[0] : undefined;
  const name = best ? capitalised(best.name, locale) : t(answer ? "unknown" : "empty");
  const rowName = t("row", { number: index + 1 });
  return (
    <li className="grid grid-cols-[3rem_1fr_2rem] gap-x-4 gap-y-1.5 border-t border-line py-3 text-sm sm:grid-cols-[3.5rem_11rem_1fr_2rem]">
      <span className="figures text-muted">
        <span className="sr-only">{rowName}</span>
        <span aria-hidden="true">{count(index + 1)}</span>
      </span>
      <div>
        <span className="mb-1 flex items-baseline justify-between gap-3">
          <span className={best ? "font-medium" : "text-muted"}>{name}</span>
          {best && <span className="figures text-muted">{share(best.probability)}</span>}
        </span>
        <Bar share={best?.probability ?? 0} />
      </div>
      <p dir="auto" className="col-span-2 col-start-2 min-w-0 wrap-anywhere sm:col-span-1 sm:col-start-3">
        {excerpt}
      </p>
      {answer !== undefined && (
        <div className="col-start-3 row-start-1 sm:col-start-4">
          <CorrectRow name={rowName} onAsk={() => onDoubt(best)} />
        </div>
      )}
    </li>
  );
}
