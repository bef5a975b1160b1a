"use client";

import type { Manifest } from "../../../engine/release/manifest.ts";
import { useWordNames } from "./use-word-names.ts";

interface WordInvitationProps {
  readonly manifest: Manifest;
  /** Indices of the classes that can be said. */
  readonly words: readonly number[];
  /** What to do. */
  readonly lead: string;
  readonly hint: string | undefined;
}

/** What stands in an empty frame for sound: the words that can be said. */
export function WordInvitation({ manifest, words, lead, hint }: WordInvitationProps) {
  const name = useWordNames(manifest);
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 overflow-hidden px-6 text-center">
      <p className="text-lg font-medium">{lead}</p>
      <ul className="flex max-w-lg flex-wrap justify-center gap-x-4 gap-y-1 text-signal">
        {words.slice(0, 14).map((index) => (
          <li key={index}>{name(index)}</li>
        ))}
      </ul>
      {hint !== undefined && <p className="text-sm text-muted pointer-coarse:hidden">{hint}</p>}
    </div>
  );
}
