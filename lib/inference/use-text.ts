"use client";

import { useCallback, useEffect, useState } from "react";
import type { TextManifest } from "../../engine/release/manifest.ts";
import { countSent } from "../privacy/sent.ts";
import { parseSwitches } from "./devices.ts";
import type { ModelState } from "./protocol.ts";
import { openTextClient, type TextClient } from "./text-client.ts";
import { releaseBytes } from "./use-inference.ts";

export interface TextInference {
  readonly model: ModelState;
  /** Another one as soon as another model is loaded, undefined before the first. */
  readonly client: TextClient | undefined;
  readonly pause: () => void;
  readonly resume: () => void;
}

/** A release for texts in a worker of its own, from `start` on, for as long as the component lives. */
export function useText(manifest: TextManifest, start: boolean): TextInference {
  const [model, setModel] = useState<ModelState>(() => opening(manifest));
  const [client, setClient] = useState<TextClient>();

  useEffect(() => {
    setModel(opening(manifest));
    if (!start) return;
    const opened = openTextClient(manifest, parseSwitches(location.search), {
      onModel: setModel,
      onSent: countSent,
    });
    setClient(opened);
    return () => opened.close();
  }, [manifest, start]);

  const pause = useCallback(() => client?.pause(), [client]);
  const resume = useCallback(() => client?.resume(), [client]);
  return { model, client, pause, resume };
}

const opening = (manifest: TextManifest): ModelState => ({
  phase: "loading",
  received: 0,
  total: releaseBytes(manifest),
});
