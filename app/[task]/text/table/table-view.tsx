"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { TextManifest } from "../../../../engine/release/manifest.ts";
import type { TextInference } from "../../../../lib/inference/use-model.ts";
import type { RowSelection } from "../../../../lib/text/answered-rows.ts";
import type { Outline } from "../../../../lib/text/outline.ts";
import { Button } from "../../../../lib/ui/button.tsx";
import { PromiseLine } from "../../../../lib/ui/promise-line.tsx";
import { type OnFiles, usePictureSources } from "../../../../lib/ui/use-picture-sources.ts";
import { ModelProgress } from "../../model-progress.tsx";
import { ProblemText } from "../../problem-text.tsx";
import { TextFaultText } from "../text-fault.tsx";
import { ColumnChoice } from "./column-choice.tsx";
import { Distribution } from "./distribution.tsx";
import { RowFields } from "./row-fields.tsx";
import { RowList } from "./row-list.tsx";
import { TableProgress } from "./table-progress.tsx";
import { useTable } from "./use-table.ts";

interface TableViewProps {
  readonly manifest: TextManifest;
  readonly inference: TextInference;
  readonly file: File;
  readonly onFiles: OnFiles;
  /** Reads the file as one text instead. */
  readonly onAsOne: (file: File) => void;
  readonly onClose: () => void;
}

const everything: RowSelection = { wanted: "all", atLeast: 0, order: "arrival", search: "" };

/** A table of texts: which column holds them, how far they are read, how they are spread, and each with its answer. */
export function TableView({ manifest, inference, file, onFiles, onAsOne, onClose }: TableViewProps) {
  const t = useTranslations("text.table");
  const table = useTable(inference.client, file);
  const { outline, problem, choice, counts } = table;
  const [selection, setSelection] = useState(everything);
  const heading = useRef<HTMLHeadingElement>(null);
  usePictureSources(onFiles, { texts: true });
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const lines = outline?.kind === "lines";
  return (
    <section>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 ref={heading} tabIndex={-1} className="text-xl font-semibold wrap-anywhere outline-none">
            {file.name}
          </h2>
          <p className="figures mt-0.5 min-h-[1lh] text-sm text-muted">{outline && <About {...outline} />}</p>
        </div>
        <div className="flex flex-wrap gap-3">
          {lines && <Button onClick={() => onAsOne(file)}>{t("asOne")}</Button>}
          <Button onClick={onClose}>{t("another")}</Button>
        </div>
      </div>

      {problem !== undefined ? (
        <div className="min-h-60 pt-10">
          <TextFaultText fault={problem} />
        </div>
      ) : outline === undefined ? (
        <p role="status" className="flex min-h-60 items-center justify-center text-muted">
          {t("opening")}…
        </p>
      ) : choice === undefined ? (
        <ColumnChoice outline={outline} onStart={table.start} />
      ) : (
        <>
          <div className="mt-6">
            {inference.model.phase === "failed" ? (
              <ProblemText problem={inference.model.problem} />
            ) : inference.model.phase === "ready" ? (
              <TableProgress table={table} />
            ) : (
              <ModelProgress
                model={inference.model}
                kind="text"
                waiting
                onPause={inference.pause}
                onResume={inference.resume}
              />
            )}
          </div>
          {counts !== undefined && (
            <>
              <Distribution manifest={manifest} counts={counts} />
              <RowFields
                manifest={manifest}
                client={inference.client}
                name={file.name}
                counts={counts}
                selection={selection}
                onSelect={setSelection}
              />
              <RowList
                manifest={manifest}
                client={inference.client}
                name={file.name}
                counts={counts}
                selection={selection}
                onShowAll={() => setSelection(everything)}
              />
            </>
          )}
        </>
      )}
      <div className="mt-6">
        <PromiseLine />
      </div>
    </section>
  );
}

/** What a table is, in a line. */
function About({ kind, encoding, rows, columns }: Outline) {
  const t = useTranslations("text.table");
  const formats = { csv: "CSV", tsv: "TSV", workbook: "Excel", lines: undefined };
  return [
    formats[kind],
    kind === "lines" ? t("lines", { count: rows }) : t("rows", { count: rows }),
    kind === "lines" ? undefined : t("columns", { count: columns }),
    encoding?.toUpperCase(),
  ]
    .filter(Boolean)
    .join(" · ");
}
