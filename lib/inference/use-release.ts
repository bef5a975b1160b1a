"use client";

import { useCallback, useEffect, useState } from "react";
import type { Manifest } from "../../engine/release/manifest.ts";
import { keptRelease } from "./kept-release.ts";
import { forgiving, modelStore } from "./store.ts";

export interface ChosenRelease {
  /** The release to answer with: the one that this browser has, else the newest. */
  readonly manifest: Manifest;
  /** False until it is known what this browser has. */
  readonly settled: boolean;
  /** What could take the manifest's place; undefined where that is the newest. */
  readonly newer: Manifest | undefined;
  /** Goes over to another variant, named by its newest release. */
  readonly choose: (newest: Manifest) => void;
  /** Goes over to the newer one. */
  readonly update: () => void;
}

/**
 * Which of a task's releases answers. One that was downloaded at an earlier visit is used at once, even if there
 * is a newer one by now: that is for the reader to decide, who pays for the download.
 *
 * @param releases the newest of each variant
 */
export function useRelease(
  releases: readonly Manifest[],
  preferredVariant: string | undefined,
): ChosenRelease {
  const [newest, setNewest] = useState(
    () => releases.find(({ variant }) => variant === preferredVariant) ?? releases[0]!,
  );
  const [found, setFound] = useState<{ readonly beside: Manifest; readonly kept?: Manifest }>();

  useEffect(() => {
    let over = false;
    void keptRelease(forgiving(modelStore()), newest).then((kept) => {
      if (!over) setFound({ beside: newest, kept });
    });
    return () => {
      over = true;
    };
  }, [newest]);

  const update = useCallback(() => setFound({ beside: newest }), [newest]);
  const settled = found?.beside === newest;
  const older = settled && found.kept?.version !== newest.version ? found.kept : undefined;
  return { manifest: older ?? newest, settled, newer: older && newest, choose: setNewest, update };
}
