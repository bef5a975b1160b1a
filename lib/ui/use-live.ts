"use client";

import { type RefObject, useEffect, useState } from "react";
import { type Glimpse, type Steady, steady } from "./steady.ts";

/** Asks about one frame, which is handed over; undefined where there is no answer to it. */
export type Look = (frame: ImageBitmap) => Promise<Glimpse | undefined>;

export interface Live extends Steady {
  /** Answers per second, over the last second or so. */
  readonly rate: number;
}

/** No more answers per second than this: the eye wants no more, and the battery lasts longer. */
const mostRate = 15;

/** Frames that the rate is taken over. */
const rateFrames = 12;

/**
 * Looks at what a video shows, frame after frame, while `running`: the next one only when the last one is
 * answered, so that none pile up on a slow machine. Rests while nobody can see the page.
 */
export function useLive(
  video: RefObject<HTMLVideoElement | null>,
  look: Look | undefined,
  running: boolean,
): Live | undefined {
  const [live, setLive] = useState<Live>();

  useEffect(() => {
    const source = video.current;
    if (!running || look === undefined || source === null) return;
    let over = false;

    async function watch(video: HTMLVideoElement, look: Look) {
      let answered: Steady | undefined;
      let times: number[] = [];
      for (;;) {
        if (document.visibilityState === "hidden") {
          await visible();
          times = []; // a rest is no slow frame
        }
        const begun = performance.now();
        await newFrame(video);
        if (over) return;
        const glimpse = await look(await createImageBitmap(video));
        if (over) return;
        if (glimpse !== undefined) {
          answered = steady(answered, glimpse);
          times = [...times, performance.now()].slice(-rateFrames);
          setLive({ ...answered, rate: rateOf(times) });
        }
        await new Promise((resolve) => setTimeout(resolve, begun + 1000 / mostRate - performance.now()));
      }
    }

    void watch(source, look);
    return () => {
      over = true;
      setLive(undefined);
    };
  }, [video, look, running]);

  return live;
}

/** Events per second, from their times in ms; 0 for fewer than two. */
function rateOf(times: readonly number[]): number {
  const [first, last] = [times.at(0), times.at(-1)];
  return first === undefined || last === undefined || last <= first
    ? 0
    : ((times.length - 1) * 1000) / (last - first);
}

/** The next frame that the video shows (requestVideoFrameCallback, WICG). */
function newFrame(video: HTMLVideoElement): Promise<unknown> {
  return new Promise((resolve) => video.requestVideoFrameCallback(resolve));
}

function visible(): Promise<unknown> {
  return new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
}
