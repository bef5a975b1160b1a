"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";
import { AlertIcon } from "./icons.tsx";

type CameraState = "starting" | "running" | "denied" | "missing" | "busy";

interface CameraDialogProps {
  readonly onPicture: (picture: Blob) => void;
  readonly onClose: () => void;
}

/** Shows what the camera sees and takes a still picture of it. The camera is off as soon as this is gone. */
export function CameraDialog({ onPicture, onClose }: CameraDialogProps) {
  const t = useTranslations("camera");
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>("starting");

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  useEffect(() => {
    let stream: MediaStream | undefined;
    let gone = false;
    openCamera().then(
      (opened) => {
        stream = opened;
        if (gone) stop(opened);
        else if (video.current !== null) video.current.srcObject = opened;
      },
      (error) => setState(faultOf(error)),
    );
    return () => {
      gone = true;
      if (stream !== undefined) stop(stream);
    };
  }, []);

  async function takePicture() {
    if (video.current === null) return;
    const picture = await still(video.current);
    dialog.current?.close(); // gives the focus back to where it was
    onPicture(picture);
  }

  const failed = state === "denied" || state === "missing" || state === "busy";
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="camera-title"
      className="m-auto w-[min(40rem,calc(100vw-2rem))] rounded-md border border-line bg-sheet p-5 text-ink shadow-sheet backdrop:bg-veil"
    >
      <h2 id="camera-title" className="mb-4 text-lg font-semibold">
        {t("title")}
      </h2>
      <div className="relative aspect-4/3 overflow-hidden rounded-sm border border-line bg-paper">
        {failed ? (
          <div
            role="alert"
            className="flex size-full flex-col items-center justify-center gap-1 p-8 text-center text-danger"
          >
            <AlertIcon size={32} />
            <p className="mt-2 font-medium">{t(state)}</p>
            <p className="text-sm text-muted">{t(`${state}Hint`)}</p>
          </div>
        ) : (
          <>
            <video
              ref={video}
              autoPlay
              muted
              playsInline
              aria-label={t("preview")}
              onPlaying={() => setState("running")}
              className="size-full object-contain"
            />
            {state === "starting" && (
              <p className="absolute inset-0 flex items-center justify-center text-sm text-muted">
                {t("starting")}
              </p>
            )}
          </>
        )}
      </div>
      <div className="mt-4 flex justify-end gap-3">
        <Button onClick={() => dialog.current?.close()}>{failed ? t("close") : t("cancel")}</Button>
        {!failed && (
          <Button look="primary" disabled={state !== "running"} onClick={takePicture}>
            {t("take")}
          </Button>
        )}
      </div>
    </dialog>
  );
}

/** The camera that looks away from the person, where there are two. */
function openCamera(): Promise<MediaStream> {
  // Without https there is no mediaDevices at all; then it is as if there were no camera.
  if (navigator.mediaDevices === undefined) return Promise.reject(new DOMException("", "NotFoundError"));
  return navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 960 } },
  });
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Media Capture and Streams, W3C, §10.2: the names of getUserMedia's errors. */
function faultOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "busy";
}

/** The frame that is on the screen now, as a PNG: nothing is lost on the way to the network. */
async function still(video: HTMLVideoElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
