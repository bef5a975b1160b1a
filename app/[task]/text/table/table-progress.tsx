"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../../lib/ui/button.tsx";
import { ByteProgress } from "../../../../lib/ui/byte-progress.tsx";
import { useQuantities } from "../../../../lib/ui/quantities.ts";
import type { Table } from "./use-table.ts";

/** How far a table is read and what can be done about it. */
export function TableProgress({ table }: { readonly table: Table }) {
  const t = useTranslations("text.table");
  const { count, rate, roughly } = useQuantities();
  const { counts, total, running, pace } = table;
  const done = counts?.all ?? 0;
  const over = !running && done === total;
  const numbers = { done: count(done), total: count(total) };
  const title = over ? t("finished", { count: done }) : t(running ? "progress" : "stopped", numbers);
  const notes =
    running && pace !== undefined
      ? [t("pace", { rate: rate(pace.perSecond) }), t("left", { time: roughly(pace.secondsLeft) })]
      : [];
  const quarter = Math.floor((4 * done) / total);

  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-h-15 min-w-0 flex-1 basis-60">
          <h3 className="figures text-xl font-medium">{title}</h3>
          <p className="figures mt-0.5 text-sm text-muted">{notes.join(" · ")}</p>
        </div>
        <div className="flex flex-wrap gap-3">
          {running && <Button onClick={table.stop}>{t("stop")}</Button>}
          {!running && !over && (
            <Button look="primary" onClick={table.goOn}>
              {t("goOn")}
            </Button>
          )}
          {!running && <Button onClick={table.chooseAgain}>{t("choose")}</Button>}
        </div>
      </div>
      <div className={`mt-3 ${over ? "invisible" : ""}`}>
        <ByteProgress received={done} total={total} label={t("list")} />
      </div>
      <p role="status" className="sr-only">
        {/* Read out four times on the way, not for each row. */}
        {running
          ? quarter > 0 &&
            t("progress", { done: count(Math.ceil((quarter * total) / 4)), total: count(total) })
          : title}
      </p>
    </>
  );
}
