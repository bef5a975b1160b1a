"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** Why there is no picture from the camera; the page has a sentence and a next step for each. */
export type CameraFault = "denied" | "missing" | "busy" | "stopped";

export interface Camera {
  /** Shows what the camera sees: goes to a video element's `ref`. */
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly fault: CameraFault | undefined;
}

/** Switches the camera on for as long as the component lives. */
export function useCamera(): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState<CameraFault>();

  useEffect(() => {
    let stream: MediaStream | undefined;
    let gone = false;
    openCamera().then(
      (opened) => {
        stream = opened;
        if (gone) return stop(opened);
        if (video.current !== null) video.current.srcObject = opened;
        // Unplugged, or no longer allowed. Our own stop() raises no such event.
        for (const track of opened.getTracks()) track.onended = () => setFault("stopped");
      },
      (error) => !gone && setFault(faultOf(error)),
    );
    return () => {
      gone = true;
      if (stream !== undefined) stop(stream);
    };
  }, []);

  return { video, fault };
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
function faultOf(error: unknown): CameraFault {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "busy";
}
