"use client";

import { useCallback, useEffect, useState } from "react";
import { filesOf, type Manifest, type PictureManifest, takes } from "../../engine/release/manifest.ts";
import { countSent } from "../privacy/sent.ts";
import { type Ask, type InferenceClient, openInference } from "./client.ts";
import { parseSwitches } from "./devices.ts";
import type { Answer, ModelState } from "./protocol.ts";

export interface Inference {
  readonly model: ModelState;
  /** Asks this model; another function as soon as another model is loaded, undefined before the first. */
  readonly ask: Ask | undefined;
  /** The answer to a camera's frame, which is handed over; undefined where there is none. */
  readonly look: (frame: ImageBitmap) => Promise<Answer | undefined>;
  readonly pause: () => void;
  readonly resume: () => void;
}

/**
 * A release in a worker of its own, from `start` on, for as long as the component lives. With another manifest
 * the worker is replaced, and what it was asked for comes to nothing.
 */
export function useInference(manifest: PictureManifest, start: boolean): Inference {
  const [model, setModel] = useState<ModelState>(() => opening(manifest));
  const [client, setClient] = useState<InferenceClient>();

  useEffect(() => {
    setModel(opening(manifest));
    if (!start) return;
    const opened = openInference(manifest, parseSwitches(location.search), {
      onModel: setModel,
      onSent: countSent,
    });
    setClient(opened);
    return () => opened.close();
  }, [manifest, start]);

  const look = useCallback(
    async (frame: ImageBitmap) => {
      const outcome = await client?.ask(frame, "").catch(() => undefined);
      return outcome?.kind === "answer" ? outcome.answer : undefined;
    },
    [client],
  );
  const pause = useCallback(() => client?.pause(), [client]);
  const resume = useCallback(() => client?.resume(), [client]);
  return { model, ask: client?.ask, look, pause, resume };
}

/** What has to be downloaded for a release, in bytes; of pictures, the graph for WASM and the weights. */
export function releaseBytes(manifest: Manifest): number {
  const files = takes(manifest, "image") ? [manifest.graphs.wasm, manifest.weights] : filesOf(manifest);
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function opening(manifest: PictureManifest): ModelState {
  return { phase: "loading", received: 0, total: releaseBytes(manifest) };
}
