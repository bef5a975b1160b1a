"use client";

import { useCallback, useEffect, useState } from "react";
import type { Manifest } from "../../engine/release/manifest.ts";
import { countSent } from "../privacy/sent.ts";
import type { InferenceClient } from "./client.ts";
import { parseSwitches } from "./devices.ts";
import type { ModelClient, ModelEvents } from "./model-worker.ts";
import type { DeviceSwitches, ModelState } from "./protocol.ts";
import { releaseBytes } from "./release-files.ts";
import type { SoundClient } from "./sound-client.ts";
import type { TextClient } from "./text-client.ts";

/** A release in a worker, as a page sees it. */
export interface Inference<Client extends ModelClient> {
  readonly model: ModelState;
  /** Another one as soon as another model is loaded, undefined before the first. */
  readonly client: Client | undefined;
  readonly pause: () => void;
  readonly resume: () => void;
}

export type PictureInference = Inference<InferenceClient>;
export type SoundInference = Inference<SoundClient>;
export type TextInference = Inference<TextClient>;

/** Starts a worker for a release: openInference and its like. */
export type OpenClient<Kind extends Manifest, Client extends ModelClient> = (
  manifest: Kind,
  switches: DeviceSwitches,
  events: ModelEvents,
) => Client;

/**
 * A release in a worker of its own, from `start` on, for as long as the component lives. With another manifest
 * the worker is replaced, and what it was asked for comes to nothing.
 */
export function useModel<Kind extends Manifest, Client extends ModelClient>(
  open: OpenClient<Kind, Client>,
  manifest: Kind,
  start: boolean,
): Inference<Client> {
  const [model, setModel] = useState<ModelState>(() => opening(manifest));
  const [client, setClient] = useState<Client>();

  useEffect(() => {
    setModel(opening(manifest));
    if (!start) return;
    const opened = open(manifest, parseSwitches(location.search), { onModel: setModel, onSent: countSent });
    setClient(opened);
    return () => opened.close();
  }, [open, manifest, start]);

  const pause = useCallback(() => client?.pause(), [client]);
  const resume = useCallback(() => client?.resume(), [client]);
  return { model, client, pause, resume };
}

const opening = (manifest: Manifest): ModelState => ({
  phase: "loading",
  received: 0,
  total: releaseBytes(manifest),
});
