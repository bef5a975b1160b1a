"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Outline } from "../../../../lib/text/outline.ts";
import { Button } from "../../../../lib/ui/button.tsx";
import type { TableChoice } from "./use-table.ts";

/** Rows that are shown to choose by. */
const shownRows = 5;

/** The table's first rows, with the choice of the column that holds the texts. */
export function ColumnChoice({
  outline,
  onStart,
}: {
  readonly outline: Outline;
  readonly onStart: (choice: TableChoice) => void;
}) {
  const t = useTranslations("text.table");
  const [{ column, header }, setChoice] = useState<TableChoice>(outline);
  const { first, columns, rows } = outline;
  const all = rows - (header ? 1 : 0);
  const [names] = first;
  const name = (at: number) => (header && names?.[at]?.trim()) || t("column", { number: at + 1 });
  const preview = first.slice(header ? 1 : 0, shownRows + (header ? 1 : 0));
  return (
    <form
      className="mt-6"
      onSubmit={(event) => {
        event.preventDefault();
        onStart({ column, header });
      }}
    >
      {columns > 1 && <h3 className="text-lg font-medium">{t("which")}</h3>}
      <section
        aria-label={t("preview")}
        className="mt-3 overflow-x-auto rounded-sm border border-line bg-sheet"
      >
        <table className="w-full border-collapse text-left text-sm">
          <thead>
            <tr>
              {Array.from({ length: columns }, (_, at) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                  key={at}
                  scope="col"
                  className={`p-0 align-bottom ${at === column ? "bg-signal-wash" : ""}`}
                >
                  <label className="flex min-h-11 cursor-pointer items-center gap-2.5 px-4 font-medium whitespace-nowrap">
                    <input
                      type="radio"
                      name="column"
                      checked={at === column}
                      onChange={() => setChoice({ column: at, header })}
                      className="size-4 shrink-0 accent-signal"
                    />
                    {name(at)}
                  </label>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
              <tr key={at} className="border-t border-line">
                {Array.from({ length: columns }, (_, place) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                    key={place}
                    dir="auto"
                    className={`max-w-96 min-w-24 truncate px-4 py-2 ${place === column ? "bg-signal-wash" : "text-muted"}`}
                  >
                    {row[place]?.slice(0, 200)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <label className="flex min-h-11 cursor-pointer items-center gap-2.5 text-sm">
          <input
            type="checkbox"
            checked={header}
            onChange={(event) => setChoice({ column, header: event.target.checked })}
            className="size-4 accent-signal"
          />
          {t("header")}
        </label>
        <Button type="submit" look="primary" disabled={all === 0}>
          {t("start", { count: all })}
        </Button>
      </div>
    </form>
  );
}
