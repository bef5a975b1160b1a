"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { Ask } from "../inference/client.ts";
import { Batch, type BatchState } from "./batch.ts";

/** The photos of a page, answered by the model behind `ask`; undefined while there is none to ask. */
export function useBatch(ask: Ask | undefined): { readonly batch: Batch; readonly state: BatchState } {
  const [batch] = useState(() => new Batch());
  const state = useSyncExternalStore(batch.subscribe, batch.read, batch.read);
  useEffect(() => {
    batch.answerBy(ask);
    return () => batch.answerBy(undefined);
  }, [batch, ask]);
  return { batch, state };
}
