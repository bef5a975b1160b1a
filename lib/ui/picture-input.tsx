"use client";

import { type ReactNode, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";
import { CameraDialog } from "./camera-dialog.tsx";
import { FileChooser } from "./file-chooser.tsx";
import { CameraIcon } from "./icons.tsx";
import type { LiveAnswers } from "./live-answer.tsx";
import { PictureFrame, type ShownPicture } from "./picture-frame.tsx";
import { usePictureSources } from "./use-picture-sources.ts";

interface PictureInputProps {
  /** What the frame shows; empty where there is none. */
  readonly shown: ShownPicture | undefined;
  /** Below the frame: the picture's name and size. */
  readonly caption?: string;
  readonly onPicture: (file: File) => void;
  /** Several pictures at once. Without it, the first is taken and the reader is told so. */
  readonly onPictures?: (files: readonly File[]) => void;
  /** Something was dropped or pasted that holds no file. */
  readonly onNoFile: () => void;
  /** A drawing for the empty frame. */
  readonly mark: ReactNode;
  /** The address of a picture to try it with, for those who have none at hand. */
  readonly sample?: string;
  /** Who answers while the camera looks, where somebody can. */
  readonly live?: LiveAnswers;
  /** The frame's shape, as classes. */
  readonly frame: string;
  /** Lies on the picture. */
  readonly overlay?: ReactNode;
}

/** A frame that takes a picture by dropping, choosing, pasting or the camera, and shows it. */
export function PictureInput({
  shown,
  caption,
  onPicture,
  onPictures,
  onNoFile,
  mark,
  sample,
  live,
  frame,
  overlay,
}: PictureInputProps) {
  const t = useTranslations("picture");
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [camera, setCamera] = useState(false);
  const [ignored, setIgnored] = useState(0);

  function take(files: readonly File[]) {
    if (files.length > 1 && onPictures !== undefined) return onPictures(files);
    const [first, ...others] = files;
    setIgnored(others.length);
    if (first === undefined) onNoFile();
    else onPicture(first.name === "" ? new File([first], t("pasted"), { type: first.type }) : first);
  }
  const dragging = usePictureSources(take);

  return (
    <div>
      <PictureFrame shown={shown} dragging={dragging} frame={frame} overlay={overlay}>
        <label
          htmlFor={inputId}
          className="absolute inset-0 flex flex-col items-center justify-center gap-1 px-6 text-center"
        >
          <RegistrationMarks />
          <span className="mb-3 text-signal">{mark}</span>
          {dragging ? (
            <span className="text-lg font-medium">{t("release")}</span>
          ) : (
            <>
              <span className="text-lg font-medium pointer-coarse:hidden">{t("drop")}</span>
              <span className="hidden text-lg font-medium pointer-coarse:inline">{t("tap")}</span>
            </>
          )}
          <span className="text-sm text-muted pointer-coarse:hidden">{t("paste")}</span>
        </label>
      </PictureFrame>
      <FileChooser ref={input} id={inputId} multiple={onPictures !== undefined} onFiles={take} />
      <p className="mt-2 h-[1lh] truncate text-sm text-muted">
        {ignored > 0 ? t("firstOf", { count: ignored + 1 }) : (caption ?? t("formats"))}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button look="primary" onClick={() => input.current?.click()}>
          {t("choose")}
        </Button>
        <Button onClick={() => setCamera(true)}>
          <CameraIcon />
          {t("camera")}
        </Button>
        {sample !== undefined && (
          <button
            type="button"
            onClick={() => fetchSample(sample).then((file) => take([file]))}
            className="ml-auto flex min-h-11 items-center gap-3 rounded-sm text-sm text-muted transition-colors hover:text-ink"
          >
            <span className="sr-only sm:not-sr-only">{t("sample")}</span>
            {/* biome-ignore lint/performance/noImgElement: 34 kB that are kept offline as they are. */}
            <img src={sample} alt="" width={60} height={45} className="rounded-sm" />
          </button>
        )}
      </div>
      {camera && (
        <CameraDialog
          live={live}
          onClose={() => setCamera(false)}
          onPicture={(still) => take([new File([still], t("photographed"), { type: still.type })])}
        />
      )}
    </div>
  );
}

async function fetchSample(address: string): Promise<File> {
  const picture = await fetch(address).then((answer) => answer.blob());
  return new File([picture], address.slice(address.lastIndexOf("/") + 1), { type: picture.type });
}

/** Four corner marks, as printers set them around a plate. */
function RegistrationMarks() {
  const corner = "pointer-events-none absolute size-3 border-edge group-data-dragging:border-signal";
  return (
    <span aria-hidden="true">
      <span className={`${corner} top-2 left-2 border-t border-l`} />
      <span className={`${corner} top-2 right-2 border-t border-r`} />
      <span className={`${corner} bottom-2 left-2 border-b border-l`} />
      <span className={`${corner} right-2 bottom-2 border-r border-b`} />
    </span>
  );
}
