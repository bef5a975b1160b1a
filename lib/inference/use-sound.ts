"use client";

import { useCallback, useEffect, useState } from "react";
import type { SoundManifest } from "../../engine/release/manifest.ts";
import { countSent } from "../privacy/sent.ts";
import { parseSwitches } from "./devices.ts";
import type { ModelState } from "./protocol.ts";
import { openSoundClient, type SoundClient } from "./sound-client.ts";
import { releaseBytes } from "./use-inference.ts";

export interface SoundInference {
  readonly model: ModelState;
  /** Another one as soon as another model is loaded, undefined before the first. */
  readonly client: SoundClient | undefined;
  readonly pause: () => void;
  readonly resume: () => void;
}

/** A release for sound in a worker of its own, from `start` on, for as long as the component lives. */
export function useSound(manifest: SoundManifest, start: boolean): SoundInference {
  const opening = (): ModelState => ({ phase: "loading", received: 0, total: releaseBytes(manifest) });
  const [model, setModel] = useState(opening);
  const [client, setClient] = useState<SoundClient>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: `opening` is the manifest's.
  useEffect(() => {
    setModel(opening());
    if (!start) return;
    const opened = openSoundClient(manifest, parseSwitches(location.search), {
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
