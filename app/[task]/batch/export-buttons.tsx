"use client";

import { useTranslations } from "use-intl";
import { type AnswerFormat, csv, json } from "../../../engine/release/answers.ts";
import type { Manifest } from "../../../engine/release/manifest.ts";
import type { Photo } from "../../../lib/batch/batch.ts";
import { exportAnswers } from "../../../lib/batch/export.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { saveFile } from "../../../lib/ui/save-file.ts";

interface ExportButtonsProps {
  readonly manifest: Manifest;
  /** Those that are shown, in their order. */
  readonly photos: readonly Photo[];
}

interface FileKind {
  readonly name: string;
  readonly format: AnswerFormat;
  readonly ending: string;
  readonly type: string;
  /** Put before everything else. */
  readonly prefix: string;
}

const kinds: readonly FileKind[] = [
  // Excel takes a table for UTF-8 only with this mark.
  { name: "CSV", format: csv, ending: "csv", type: "text/csv", prefix: "\uFEFF" },
  { name: "JSON", format: json, ending: "jsonl", type: "application/jsonl", prefix: "" },
];

/** Saves the answers that are shown as a file, made in this page. */
export function ExportButtons({ manifest, photos }: ExportButtonsProps) {
  const t = useTranslations("batch");
  const empty = photos.every(({ state }) => state.phase === "waiting" || state.phase === "working");

  function save({ format, ending, type, prefix }: FileKind) {
    saveFile(
      new Blob([prefix, exportAnswers(photos, manifest, format)], { type }),
      `${manifest.task}.${ending}`,
    );
  }

  return (
    <fieldset className="min-w-0 text-sm sm:ml-auto">
      <legend className="mb-1 text-muted">{t("export")}</legend>
      <div className="flex gap-3">
        {kinds.map((kind) => (
          <Button key={kind.ending} disabled={empty} onClick={() => save(kind)}>
            {kind.name}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
