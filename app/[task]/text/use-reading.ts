"use client";

import { useEffect, useState } from "react";
import type { TextClient } from "../../../lib/inference/text-client.ts";
import type { Reading } from "../../../lib/inference/text-protocol.ts";

/** A text and what is known of it. */
export interface ReadText {
  readonly text: string;
  /** Null where the text holds nothing to read. */
  readonly whole: Reading | null;
}

/** How far the reading is. */
export interface TextReading {
  /** The text that was read last; undefined where there is none. */
  readonly read: ReadText | undefined;
  /** The share that is read of a long text, in [0, 1]; undefined where no long text is being read. */
  readonly share: number | undefined;
}

/** So long nobody must have pressed a key before the text is read, in ms. */
const patience = 150;

/**
 * Reads a text while it is typed. What is known of the text before stays until there is something newer, but not
 * beyond the model that said it.
 */
export function useReading(client: TextClient | undefined, text: string): TextReading {
  const [last, setLast] = useState<{ readonly client: TextClient; readonly read: ReadText }>();
  const [share, setShare] = useState<number>();

  useEffect(() => {
    setShare(undefined);
    if (text === "") setLast(undefined);
    if (client === undefined || text === "") return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      client.ask("read", { text }, { signal: controller.signal, onPart: setShare }).then(
        (whole) => {
          setLast({ client, read: { text, whole } });
          setShare(undefined);
        },
        () => undefined, // it fails only with the model, whose state says so
      );
    }, patience);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, text]);

  return { read: last?.client === client ? last?.read : undefined, share };
}
