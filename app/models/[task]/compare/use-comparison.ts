"use client";

import { useEffect, useRef, useState } from "react";
import type { Manifest } from "../../../../engine/release/manifest.ts";
import { type Asked, askRelease } from "../../../../lib/inference/ask-release.ts";
import { parseSwitches } from "../../../../lib/inference/devices.ts";
import type { ModelState } from "../../../../lib/inference/protocol.ts";
import { countSent } from "../../../../lib/privacy/sent.ts";

/** How far one side of a comparison is. */
export type Side =
  | { readonly phase: "waiting" | "next" }
  | { readonly phase: "asking"; readonly model: ModelState | undefined }
  | { readonly phase: "done"; readonly asked: Asked };

/** Asks releases one after the other about one input; a new question ends the one before. */
export function useComparison() {
  const [sides, setSides] = useState<readonly Side[]>([{ phase: "waiting" }, { phase: "waiting" }]);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function compare(releases: readonly Manifest[], input: File | string): Promise<void> {
    running.current?.abort();
    const run = new AbortController();
    running.current = run;
    const set = (changed: number, side: Side) => {
      if (!run.signal.aborted) setSides((before) => before.map((old, i) => (i === changed ? side : old)));
    };
    setSides(releases.map(() => ({ phase: "next" })));
    for (const [i, manifest] of releases.entries()) {
      set(i, { phase: "asking", model: undefined });
      const events = {
        onModel: (model: ModelState) => set(i, { phase: "asking", model }),
        onSent: countSent,
      };
      const asking = askRelease(manifest, input, {
        ...{ switches: parseSwitches(location.search), events, signal: run.signal },
      });
      const asked = await asking.catch((): Asked => ({ problem: { kind: "unexpected" } }));
      if (run.signal.aborted) return;
      set(i, { phase: "done", asked });
    }
  }

  return { sides, compare: (...asked: Parameters<typeof compare>) => void compare(...asked) };
}
