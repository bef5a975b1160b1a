"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { Recognise } from "../inference/sound-client.ts";
import { type Recording, Recordings } from "./recordings.ts";

/** The recordings of a page, answered by the model behind `recognise`; undefined while there is none to ask. */
export function useRecordings(recognise: Recognise | undefined): {
  readonly recordings: Recordings;
  readonly list: readonly Recording[];
} {
  const [recordings] = useState(() => new Recordings());
  const list = useSyncExternalStore(recordings.subscribe, recordings.read, recordings.read);
  useEffect(() => {
    recordings.answerBy(recognise);
    return () => recordings.answerBy(undefined);
  }, [recordings, recognise]);
  return { recordings, list };
}
