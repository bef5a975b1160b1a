"use client";

import { type ReactNode, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";
import { CameraButton } from "./camera-button.tsx";
import { EmptyFrame } from "./empty-frame.tsx";
import { FileChooser } from "./file-chooser.tsx";
import type { LiveAnswers } from "./live-answer.tsx";
import { PictureFrame, type ShownPicture } from "./picture-frame.tsx";
import { SampleButtons, type ShownSample } from "./sample-buttons.tsx";
import { type OnFiles, usePictureSources } from "./use-picture-sources.ts";

interface PictureInputProps {
  /** What the frame shows; empty where there is none. */
  readonly shown: ShownPicture | undefined;
  /** Below the frame: the picture's name and size. */
  readonly caption?: string;
  readonly onFiles: OnFiles;
  /** A drawing for the empty frame. */
  readonly mark: ReactNode;
  /** Pictures to try it with. */
  readonly samples: readonly ShownSample[];
  /** Who answers while the camera looks, where somebody can. */
  readonly live?: LiveAnswers;
  /** Lies on the picture. */
  readonly overlay?: ReactNode;
}

/** A frame that takes pictures by dropping, choosing, pasting or the camera, and shows one. */
export function PictureInput({ shown, caption, onFiles, mark, samples, live, overlay }: PictureInputProps) {
  const t = useTranslations("picture");
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const dragging = usePictureSources(onFiles);
  return (
    <div>
      <PictureFrame shown={shown} dragging={dragging} frame="aspect-4/3" overlay={overlay}>
        <EmptyFrame inputId={inputId} mark={mark} dragging={dragging} drop={t("drop")} tap={t("tap")} />
      </PictureFrame>
      <FileChooser ref={input} id={inputId} multiple onFiles={onFiles} />
      <p className="mt-2 h-[1lh] truncate text-sm text-muted">{caption ?? t("formats")}</p>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button look="primary" onClick={() => input.current?.click()}>
          {t("choose")}
        </Button>
        <CameraButton live={live} onPicture={(picture) => onFiles([picture])} />
        {samples.length > 0 && (
          <SampleButtons samples={samples} onPicture={(picture) => onFiles([picture])} />
        )}
      </div>
    </div>
  );
}
