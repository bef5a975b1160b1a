"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";

interface FileChoiceProps {
  /** All that arrived together. */
  readonly files: readonly File[];
  readonly chosen: File;
  readonly onChoose: (file: File) => void;
}

/** Which of several files is read; nothing where there is but one. */
export function FileChoice({ files, chosen, onChoose }: FileChoiceProps) {
  const t = useTranslations("text.table");
  const hint = useId();
  if (files.length < 2) return null;
  return (
    <div className="mb-6">
      <label className="block max-w-md text-sm">
        <span className="mb-1 block text-muted">{t("file", { count: files.length })}</span>
        <select
          className="h-11 w-full rounded-md border border-edge bg-sheet px-3 text-sm text-ink transition-colors hover:border-ink"
          aria-describedby={hint}
          value={files.indexOf(chosen)}
          onChange={({ target: { value } }) => onChoose(files[Number(value)]!)}
        >
          {files.map(({ name, size, lastModified }, i) => (
            <option key={`${name} ${size} ${lastModified}`} value={i}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p id={hint} className="mt-1 text-sm text-muted">
        {t("fileHint")}
      </p>
    </div>
  );
}
