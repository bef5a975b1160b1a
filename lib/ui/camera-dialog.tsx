"use client";

import { useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";
import { AlertIcon } from "./icons.tsx";
import { LiveAnswer, type LiveAnswers } from "./live-answer.tsx";
import { useCamera } from "./use-camera.ts";

interface CameraDialogProps {
  /** Answers while the camera looks; without them there are only still pictures. */
  readonly live?: LiveAnswers;
  readonly onPicture: (picture: Blob) => void;
  readonly onClose: () => void;
}

/**
 * Shows what the camera sees, takes a still picture of it or names it as it moves. The camera is off as soon
 * as this is gone.
 */
export function CameraDialog({ live, onPicture, onClose }: CameraDialogProps) {
  const t = useTranslations("camera");
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { video, fault } = useCamera();
  const [running, setRunning] = useState(false);
  const [isLive, setLive] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  async function takePicture() {
    if (video.current === null) return;
    const picture = await still(video.current);
    dialog.current?.close(); // gives the focus back to where it was
    onPicture(picture);
  }

  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby={titleId}
      className="m-auto w-[min(40rem,calc(100vw-2rem))] rounded-md border border-line bg-sheet p-5 text-ink shadow-sheet backdrop:bg-veil"
    >
      <div className="mb-4 flex min-h-11 items-center justify-between gap-4">
        <h2 id={titleId} className="text-lg font-semibold">
          {t("title")}
        </h2>
        {live !== undefined && fault === undefined && <ModeSwitch isLive={isLive} onChange={setLive} />}
      </div>
      <div className="relative aspect-4/3 overflow-hidden rounded-sm border border-line bg-paper">
        {fault !== undefined ? (
          <div
            role="alert"
            className="flex size-full flex-col items-center justify-center gap-1 p-8 text-center text-danger"
          >
            <AlertIcon size={32} />
            <p className="mt-2 font-medium">{t(fault)}</p>
            <p className="text-sm text-muted">{t(`${fault}Hint`)}</p>
          </div>
        ) : (
          <>
            <video
              ref={video}
              autoPlay
              muted
              playsInline
              aria-label={t("preview")}
              onPlaying={() => setRunning(true)}
              className="size-full object-contain"
            />
            {!running && (
              <p className="absolute inset-0 flex items-center justify-center text-sm text-muted">
                {t("starting")}
              </p>
            )}
          </>
        )}
      </div>
      {live !== undefined && isLive && fault === undefined && (
        <LiveAnswer video={video} running={running} {...live} />
      )}
      <div className="mt-4 flex justify-end gap-3">
        <Button onClick={() => dialog.current?.close()}>{fault ? t("close") : t("cancel")}</Button>
        {fault === undefined && (
          <Button look="primary" disabled={!running} onClick={takePicture}>
            {t("take")}
          </Button>
        )}
      </div>
    </dialog>
  );
}

/** A still picture, or an answer to whatever comes before the camera. */
function ModeSwitch({
  isLive,
  onChange,
}: {
  readonly isLive: boolean;
  readonly onChange: (live: boolean) => void;
}) {
  const t = useTranslations("camera");
  const name = useId();
  return (
    <fieldset className="flex rounded-md border border-edge p-0.5">
      <legend className="sr-only">{t("mode")}</legend>
      {[false, true].map((mode) => (
        <label
          key={String(mode)}
          className="relative flex min-h-10 items-center rounded-sm px-4 text-sm text-muted transition-colors hover:text-ink has-checked:bg-signal-wash has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-signal"
        >
          <input
            type="radio"
            name={name}
            checked={mode === isLive}
            onChange={() => onChange(mode)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {t(mode ? "live" : "still")}
        </label>
      ))}
    </fieldset>
  );
}

/** The frame that is on the screen now, as a PNG: nothing is lost on the way to the network. */
async function still(video: HTMLVideoElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
