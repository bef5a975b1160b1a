"use client";

import { useEffect, useState } from "react";
import type { TextClient } from "../../../lib/inference/text-client.ts";
import { type Contribution, wordsOf } from "../../../lib/text/words.ts";

/** What the words of some texts say for or against a class: nothing yet for those that are missing. */
export type Evidence = ReadonlyMap<string, readonly Contribution[]>;

interface Asked {
  readonly client: TextClient | undefined;
  readonly index: number;
  readonly words: Evidence;
}

/** So many texts are explained before what is known is shown. */
const portion = 8;

/** Asks which words of the texts speak for a class and which against it. What is known is not asked for again. */
export function useEvidence(
  client: TextClient | undefined,
  index: number,
  texts: readonly string[],
): Evidence {
  const [asked, setAsked] = useState<Asked>({ client, index, words: new Map() });
  const { words } = asked;
  const known = asked.client === client && asked.index === index ? words : none;

  useEffect(() => {
    const missing = [...new Set(texts)].filter((text) => !known.has(text)).slice(0, portion);
    if (client === undefined || index < 0 || missing.length === 0) return;
    const controller = new AbortController();
    client.ask("explain", { texts: missing, index }, { signal: controller.signal }).then(
      (contributions) => {
        const found = new Map(known);
        for (const [i, text] of missing.entries()) found.set(text, wordsOf(text, contributions[i]!));
        setAsked({ client, index, words: found });
      },
      () => undefined, // the text is shown without its colours
    );
    return () => controller.abort();
  }, [client, index, texts, known]);

  return known;
}

const none: Evidence = new Map();
