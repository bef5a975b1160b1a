"use client";

import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { PictureManifest } from "../../../engine/release/manifest.ts";
import type { Photo } from "../../../lib/batch/batch.ts";
import type { PictureInference } from "../../../lib/inference/use-model.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { ChevronIcon } from "../../../lib/ui/icons.tsx";
import { PictureFrame } from "../../../lib/ui/picture-frame.tsx";
import { useObjectUrl } from "../../../lib/ui/use-object-url.ts";
import { AnswerView } from "../answer-view.tsx";
import { useCaption } from "../use-caption.ts";

interface OpenedPhotoProps {
  readonly manifest: PictureManifest;
  readonly inference: PictureInference;
  readonly photo: Photo;
  /** The photos of the grid, to go on to the next of them. */
  readonly among: readonly Photo[];
  readonly onOpen: (key: number) => void;
  readonly onClose: () => void;
}

/** One photo of a batch with its whole answer, and the ways to its neighbours and back. */
export function OpenedPhoto({ manifest, inference, photo, among, onOpen, onClose }: OpenedPhotoProps) {
  const t = useTranslations("batch");
  const back = useRef<HTMLButtonElement>(null);
  const url = useObjectUrl(photo.file);
  const caption = useCaption(photo);
  const index = among.findIndex(({ key }) => key === photo.key);
  const [previous, next] = [among[index - 1], index < 0 ? undefined : among[index + 1]];

  useEffect(() => back.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    // A dialog over the photo closes by the same key, and alone.
    const onKey = ({ key }: KeyboardEvent) =>
      key === "Escape" && document.querySelector("dialog[open]") === null && onClose();
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <>
      <div className="mb-4 flex items-center gap-3">
        <Button ref={back} onClick={onClose}>
          <ChevronIcon to="left" />
          {t("back")}
        </Button>
        <p className="figures ml-auto text-sm text-muted" role="status">
          {index >= 0 && t("position", { index: index + 1, total: among.length })}
        </p>
        <Button
          aria-label={t("previous")}
          disabled={previous === undefined}
          onClick={() => previous && onOpen(previous.key)}
        >
          <ChevronIcon to="left" />
        </Button>
        <Button aria-label={t("next")} disabled={next === undefined} onClick={() => next && onOpen(next.key)}>
          <ChevronIcon to="right" />
        </Button>
      </div>
      <AnswerView manifest={manifest} inference={inference} photo={photo}>
        {(overlay) => (
          <>
            <PictureFrame
              shown={
                photo.state.phase !== "failed" && url !== undefined
                  ? { url, name: photo.file.name }
                  : undefined
              }
              frame="aspect-4/3"
              overlay={overlay}
            />
            <p className="mt-2 h-[1lh] truncate text-sm text-muted">{caption ?? photo.file.name}</p>
          </>
        )}
      </AnswerView>
    </>
  );
}
