"use client";

import { useCallback, useEffect, useState } from "react";
import type { Manifest } from "../../engine/release/manifest.ts";
import { keptRelease } from "./kept-release.ts";
import { forgiving, modelStore } from "./store.ts";

export interface ChosenRelease<Kind extends Manifest> {
  /** The release to answer with: the one that this browser has, else the newest. */
  readonly manifest: Kind;
  /** False until it is known what this browser has. */
  readonly settled: boolean;
  /** What could take the manifest's place; undefined where that is the newest. */
  readonly newer: Kind | undefined;
  /** Goes over to another variant, named by its newest release. */
  readonly choose: (newest: Kind) => void;
  /** Goes over to the newer one. */
  readonly update: () => void;
}

/**
 * Which of a task's releases answers. One that was downloaded at an earlier visit is used at once, even if there
 * is a newer one by now: that is for the reader to decide, who pays for the download.
 *
 * @param releases the newest of each variant
 */
export function useRelease<Kind extends Manifest>(
  releases: readonly Kind[],
  preferredVariant: string | undefined,
): ChosenRelease<Kind> {
  const [newest, setNewest] = useState(
    () => releases.find(({ variant }) => variant === preferredVariant) ?? releases[0]!,
  );
  const [found, setFound] = useState<{ readonly beside: Kind; readonly kept?: Kind }>();

  useEffect(() => {
    let over = false;
    void keptRelease<Kind>(forgiving(modelStore()), newest).then((kept) => {
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
