"use client";

import { memo } from "react";
import { useTranslations } from "use-intl";
import type { PictureManifest } from "../../../engine/release/manifest.ts";
import type { Photo } from "../../../lib/batch/batch.ts";
import { bestOf } from "../../../lib/batch/selection.ts";
import { Bar } from "../../../lib/ui/bars.tsx";
import { AlertIcon } from "../../../lib/ui/icons.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { useQuantities } from "../../../lib/ui/quantities.ts";
import { useObjectUrl } from "../../../lib/ui/use-object-url.ts";
import { capitalised } from "../likeliest.ts";
import { useFaultWords } from "../problem-text.tsx";

interface BatchTileProps {
  readonly photo: Photo;
  readonly classes: PictureManifest["classes"];
  /** Whether the Tab key stops here. */
  readonly stop: boolean;
  readonly onFocus: (key: number) => void;
  readonly onOpen: (key: number) => void;
}

/** One photo of many: small, with its likeliest class, or with what is wrong with it. */
export const BatchTile = memo(function BatchTile({ photo, classes, stop, onFocus, onOpen }: BatchTileProps) {
  const t = useTranslations("batch");
  const { locale } = useChoices();
  const { share } = useQuantities();
  const words = useFaultWords();
  const { key, file, state, thumbnail } = photo;
  const url = useObjectUrl(thumbnail);
  const best = bestOf(photo, classes);
  const name = best?.class[locale] ?? "";
  const known = best?.known ?? false;
  const sure = known && best !== undefined && best.probability >= 0.5;
  const fault = state.phase === "failed" ? words(state.problem).title : undefined;
  const what =
    best === undefined
      ? (fault ?? t(state.phase === "working" ? "working" : "waiting"))
      : !known
        ? t("unknown")
        : sure
          ? capitalised(name, locale)
          : t("perhaps", { name });
  const certainty = known && best !== undefined ? share(best.probability) : undefined;
  const spoken = certainty === undefined ? what : t("named", { what, share: certainty });

  return (
    // A tile off the screen is neither laid out nor painted; its height is remembered or guessed.
    <li className="[contain-intrinsic-size:auto_15rem] [content-visibility:auto]">
      <button
        type="button"
        data-key={key}
        data-phase={state.phase}
        tabIndex={stop ? 0 : -1}
        aria-label={t("tile", { name: file.name, state: spoken })}
        onFocus={() => onFocus(key)}
        onClick={() => onOpen(key)}
        className="group/tile block w-full rounded-sm text-left -outline-offset-2"
      >
        <span className="flex aspect-square items-center justify-center overflow-hidden rounded-sm border border-line bg-sheet transition-colors group-hover/tile:border-edge">
          {fault !== undefined ? (
            <span className="flex flex-col items-center gap-2 p-3 text-center text-sm text-danger">
              <AlertIcon />
              <span className="line-clamp-4 wrap-anywhere">{fault}</span>
            </span>
          ) : (
            url !== undefined && (
              // biome-ignore lint/performance/noImgElement: it lies in this page's memory.
              <img src={url} alt="" decoding="async" className="size-full object-cover" />
            )
          )}
        </span>
        <span className="mt-2 flex h-[1lh] items-baseline justify-between gap-2 text-sm">
          <span className={`truncate ${sure ? "font-medium" : "text-muted"}`}>
            {fault === undefined ? what : t("failedOnes")}
          </span>
          {certainty !== undefined && <span className="figures text-muted">{certainty}</span>}
        </span>
        <span className="mt-1 block">
          <Bar share={known ? (best?.probability ?? 0) : 0} />
        </span>
        <span className="mt-1.5 block truncate text-xs text-muted">{file.name}</span>
      </button>
    </li>
  );
});
