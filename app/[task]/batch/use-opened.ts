"use client";

import { useCallback, useEffect, useState } from "react";

interface Opened {
  /** The key of the photo that is open; undefined where the grid is. */
  readonly opened: number | undefined;
  /** The one that was open last: the grid gives it the focus. */
  readonly lastOpened: number | undefined;
  readonly open: (key: number) => void;
  readonly close: () => void;
}

/**
 * Which photo of the grid is open. It is an entry of the browser's history, so that "back", which a phone's
 * reader reaches for, leads to the grid and doesn't leave the page with all its answers.
 */
export function useOpened(): Opened {
  const [opened, setOpened] = useState<number>();
  const [lastOpened, setLastOpened] = useState<number>();

  useEffect(() => {
    const onPop = ({ state }: PopStateEvent) => setOpened(state?.openedPhoto);
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, []);

  const open = useCallback(
    (key: number) => {
      const entry = { openedPhoto: key };
      if (opened === undefined) history.pushState(entry, "");
      else history.replaceState(entry, ""); // from photo to photo there is one step back to the grid
      setOpened(key);
      setLastOpened(key);
    },
    [opened],
  );
  const close = useCallback(() => history.back(), []);
  return { opened, lastOpened, open, close };
}
