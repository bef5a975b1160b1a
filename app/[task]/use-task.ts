"use client";

import { useEffect } from "react";
import type { Manifest } from "../../engine/release/manifest.ts";
import { takeOver } from "../../lib/handover.ts";
import type { ModelClient } from "../../lib/inference/model-worker.ts";
import { type Inference, type OpenClient, useModel } from "../../lib/inference/use-model.ts";
import { type ChosenRelease, useRelease } from "../../lib/inference/use-release.ts";
import { remember } from "../../lib/preferences.ts";

/** What the page of a task is given, whatever the task takes. */
export interface TaskProps<Kind extends Manifest> {
  readonly task: string;
  /** One per variant, the first by default. */
  readonly releases: readonly Kind[];
  /** The variant chosen at an earlier visit. */
  readonly preferredVariant: string | undefined;
}

/** A task's release that answers, in its worker; a choice among the models is remembered. */
export function useTask<Kind extends Manifest, Client extends ModelClient>(
  { releases, preferredVariant }: TaskProps<Kind>,
  open: OpenClient<Kind, Client>,
): { readonly release: ChosenRelease<Kind>; readonly inference: Inference<Client> } {
  const release = useRelease(releases, preferredVariant);
  const { manifest, newer, update } = release;
  const inference = useModel(open, manifest, release.settled);
  const { phase } = inference.model;

  // An older release that cannot be started, because its files here are damaged and the server has them no more.
  useEffect(() => {
    if (newer !== undefined && phase === "failed") update();
  }, [newer, phase, update]);

  function choose(newest: Kind) {
    remember("variant", newest.variant);
    release.choose(newest);
  }

  return { release: { ...release, choose }, inference };
}

/** Takes over the files that the home page left for this one. */
export function useHandedOver(onFiles: (files: readonly File[]) => void): void {
  useEffect(() => {
    const files = takeOver();
    if (files.length > 0) onFiles(files);
  }, [onFiles]);
}
