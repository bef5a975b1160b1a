"use client";

import { memo } from "react";
import { useTranslations } from "use-intl";
import type { Manifest } from "../../../engine/release/manifest.ts";
import type { LiveDetection } from "../../../lib/inference/sound-protocol.ts";
import { wordsTable } from "../../../lib/sound/table.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { saveTable } from "../../../lib/ui/save-file.ts";
import { clock } from "./sound-answer.tsx";
import { useWordNames } from "./use-word-names.ts";

interface DetectionListProps {
  readonly manifest: Manifest;
  /** The latest first. */
  readonly detections: readonly LiveDetection[];
  readonly onClear: () => void;
}

/** So many are shown; the file has them all. */
const shown = 8;

/** What was heard while listening: when, how certain, and how soon after its end. */
export const DetectionList = memo(function DetectionList({
  manifest,
  detections,
  onClear,
}: DetectionListProps) {
  const t = useTranslations("sound.live");
  const name = useWordNames(manifest);
  const { share, duration } = useQuantities();

  function save() {
    const words = detections
      .toReversed()
      .map(({ index, confidence, at }) => ({ index, probability: confidence, at }));
    saveTable(wordsTable([{ name: t("detections"), words }], manifest), `${manifest.task}.csv`);
  }

  return (
    <section className="mt-6">
      <h3 className="text-sm font-semibold">{t("detections")}</h3>
      <div className="mt-1 min-h-60">
        {detections.length === 0 ? (
          <p className="text-sm text-muted">{t("none")}</p>
        ) : (
          <table className="figures w-full text-sm">
            <thead className="text-muted">
              <tr>
                {(["time", "what", "confidence", "latency"] as const).map((column) => (
                  <th
                    key={column}
                    scope="col"
                    className={`border-b border-line py-1 font-normal not-last:pr-3 ${column === "what" ? "text-left" : "text-right"}`}
                  >
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {detections.slice(0, shown).map(({ index, confidence, at, latencyMs }) => (
                <tr key={at}>
                  <td className="py-1 pr-3 text-right text-muted">{clock(at)}</td>
                  <td className="py-1 pr-3 font-medium">{name(index)}</td>
                  <td className="py-1 pr-3 text-right">{share(confidence)}</td>
                  <td className="py-1 text-right text-muted">{duration(latencyMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {detections.length > 0 && (
        <div className="mt-2 flex flex-wrap gap-3">
          <Button onClick={save}>{t("save")}</Button>
          <Button onClick={onClear}>{t("clear")}</Button>
        </div>
      )}
    </section>
  );
});
