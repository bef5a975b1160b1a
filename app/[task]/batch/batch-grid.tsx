"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { PictureManifest } from "../../../engine/release/manifest.ts";
import type { Photo } from "../../../lib/batch/batch.ts";
import { BatchTile } from "./batch-tile.tsx";

interface BatchGridProps {
  readonly photos: readonly Photo[];
  readonly classes: PictureManifest["classes"];
  /** The key of the photo that gets the focus when the grid appears. */
  readonly focus: number | undefined;
  readonly onOpen: (key: number) => void;
}

/**
 * The photos with their answers. For the keyboard it is one stop, and the arrow keys go from photo to photo
 * (WAI-ARIA Authoring Practices, "Roving tabindex"): hundreds of stops would be a trap.
 */
export function BatchGrid({ photos, classes, focus, onOpen }: BatchGridProps) {
  const t = useTranslations("batch");
  const keysId = useId();
  const list = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState(focus);
  const stop = photos.some(({ key }) => key === chosen) ? chosen : photos[0]?.key;

  useEffect(() => {
    if (focus !== undefined) list.current?.querySelector<HTMLElement>(`[data-key="${focus}"]`)?.focus();
  }, [focus]);

  function onKeyDown(event: KeyboardEvent) {
    const tiles = [...(list.current?.querySelectorAll<HTMLElement>("[data-key]") ?? [])];
    const at = tiles.indexOf(document.activeElement as HTMLElement);
    const to = target(event.key, at, tiles.length, columnsOf(tiles));
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    tiles[to]?.focus();
  }

  return (
    <>
      <p id={keysId} className="sr-only">
        {t("keys")}
      </p>
      <ul
        ref={list}
        aria-label={t("photos")}
        aria-describedby={keysId}
        onKeyDown={onKeyDown}
        className="mt-3 grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 md:grid-cols-4 lg:grid-cols-6"
      >
        {photos.map((photo) => (
          <BatchTile
            key={photo.key}
            photo={photo}
            classes={classes}
            stop={photo.key === stop}
            onFocus={setChosen}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </>
  );
}

/** How many tiles stand in a row. */
function columnsOf(tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.offsetTop;
  const second = tiles.findIndex((tile) => tile.offsetTop !== top);
  return second < 0 ? tiles.length : second;
}

/** Where a key leads from tile `at`; undefined where it leads nowhere. */
function target(key: string, at: number, count: number, columns: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to !== undefined && to >= 0 && to < count ? to : undefined;
}
