"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { PictureManifest } from "../../../engine/release/manifest.ts";
import type { Batch, BatchState } from "../../../lib/batch/batch.ts";
import { countWanted, type Selection, select } from "../../../lib/batch/selection.ts";
import type { PictureInference } from "../../../lib/inference/use-model.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { FileChooser } from "../../../lib/ui/file-chooser.tsx";
import { useChoices } from "../../../lib/ui/preferences.tsx";
import { usePictureSources } from "../../../lib/ui/use-picture-sources.ts";
import { BatchGrid } from "./batch-grid.tsx";
import { BatchProgress } from "./batch-progress.tsx";
import { ExportButtons } from "./export-buttons.tsx";
import { OpenedPhoto } from "./opened-photo.tsx";
import { SelectionFields } from "./selection-fields.tsx";
import { useOpened } from "./use-opened.ts";

interface BatchViewProps {
  readonly manifest: PictureManifest;
  readonly inference: PictureInference;
  readonly batch: Batch;
  readonly state: BatchState;
}

const everything: Selection = { wanted: "all", atLeast: 0, order: "arrival" };

/** Many photos: how far the work is, what to show of it, the photos with their answers, or one of them large. */
export function BatchView({ manifest, inference, batch, state }: BatchViewProps) {
  const t = useTranslations("batch");
  const { locale } = useChoices();
  const { classes } = manifest;
  const [selection, setSelection] = useState(everything);
  const { opened, lastOpened, open, close } = useOpened();
  const input = useRef<HTMLInputElement>(null);
  const add = (files: readonly File[]) => files.length > 0 && batch.add(files);
  const dragging = usePictureSources(add);
  const { photos } = state;
  const selected = useMemo(
    () => select(photos, selection, classes, locale),
    [photos, selection, classes, locale],
  );
  const counts = useMemo(() => countWanted(photos, classes), [photos, classes]);
  const photo = photos.find(({ key }) => key === opened);

  // The same function from photo to photo, or each of hundreds of tiles would be made anew for every answer.
  const openPhoto = useCallback(
    (key: number) => {
      batch.prefer(key);
      open(key);
    },
    [batch, open],
  );

  return (
    <>
      {photo !== undefined ? (
        <OpenedPhoto
          manifest={manifest}
          inference={inference}
          photo={photo}
          among={selected}
          onOpen={openPhoto}
          onClose={close}
        />
      ) : (
        <>
          <div className="z-10 -mx-3 bg-paper px-3 pb-3 sm:sticky sm:top-0">
            <BatchProgress batch={batch} state={state} inference={inference}>
              <Button onClick={() => input.current?.click()}>{t("add")}</Button>
              <Button onClick={() => batch.clear()}>{t("startOver")}</Button>
            </BatchProgress>
            <div className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 sm:flex sm:items-end">
              <SelectionFields
                classes={classes}
                counts={counts}
                selection={selection}
                onSelect={setSelection}
              />
              <ExportButtons manifest={manifest} photos={selected} />
            </div>
          </div>
          {selected.length === 0 ? (
            <div className="flex min-h-60 flex-col items-center justify-center gap-3">
              <p className="text-muted">{t("none")}</p>
              <Button onClick={() => setSelection(everything)}>{t("showAll")}</Button>
            </div>
          ) : (
            <BatchGrid photos={selected} classes={classes} focus={lastOpened} onOpen={openPhoto} />
          )}
        </>
      )}
      <FileChooser ref={input} multiple onFiles={add} />
      {dragging && (
        <p className="pointer-events-none fixed inset-3 z-20 flex items-center justify-center rounded-md border-2 border-dashed border-signal bg-sheet/90 text-xl font-medium">
          {t("release")}
        </p>
      )}
    </>
  );
}
