"use client";

import { useEffect, useState } from "react";
import type { TextClient } from "../../../lib/inference/text-client.ts";
import type { Reading, TextOpinion } from "../../../lib/inference/text-protocol.ts";

/** What is known of a text so far. */
export interface ReadText {
  readonly text: string;
  /** Of the whole; undefined where the text holds nothing to read. */
  readonly whole: Extract<Reading, { readonly kind: "whole" }> | undefined;
  /** Of the sentences, in their order; those at the end may still be missing. */
  readonly opinions: readonly TextOpinion[];
}

/** So long nobody must have pressed a key before the text is read, in ms. */
const patience = 150;

/**
 * Reads a text while it is typed. What is known of the text before stays until there is something newer; undefined
 * without a text.
 */
export function useReading(client: TextClient | undefined, text: string): ReadText | undefined {
  const [read, setRead] = useState<ReadText>();

  useEffect(() => {
    if (text === "") setRead(undefined);
    if (client === undefined || text === "") return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const onPart = (part: Reading) => {
        if (part.kind === "nothing") setRead({ text, whole: undefined, opinions: [] });
        else if (part.kind === "whole") setRead({ text, whole: part, opinions: [] });
        else setRead((before) => before && { ...before, opinions: [...before.opinions, ...part.opinions] });
      };
      // It fails only with the model, whose state says so.
      client.ask("read", { text }, { signal: controller.signal, onPart }).catch(() => undefined);
    }, patience);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, text]);

  return read;
}
