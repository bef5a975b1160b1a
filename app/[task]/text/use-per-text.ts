"use client";

import { useEffect, useState } from "react";

/** Asks something of some texts, in their order. */
export type AskOfTexts<T> = (texts: readonly string[], signal: AbortSignal) => Promise<readonly T[]>;

/** So many texts are asked for before what is known is shown. */
const portion = 8;

/**
 * What is known of each text: nothing yet for those that are missing. What is known is not asked for again, unless
 * somebody else is to be asked: `ask` must stay the same function as long as nothing has changed.
 */
export function usePerText<T>(
  texts: readonly string[],
  ask: AskOfTexts<T> | undefined,
): ReadonlyMap<string, T> {
  const [{ by, found }, setFound] = useState({ by: ask, found: new Map<string, T>() });

  useEffect(() => {
    const known = by === ask ? found : new Map<string, T>();
    const missing = [...new Set(texts)].filter((text) => !known.has(text)).slice(0, portion);
    if (ask === undefined || missing.length === 0) return;
    const controller = new AbortController();
    ask(missing, controller.signal).then(
      (answers) =>
        setFound({
          by: ask,
          found: new Map([...known, ...missing.map((text, i) => [text, answers[i]!] as const)]),
        }),
      () => undefined, // the texts are shown without it
    );
    return () => controller.abort();
  }, [texts, ask, by, found]);

  return by === ask ? found : nothing;
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();
