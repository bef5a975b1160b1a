"use client";

import { useMemo, useState } from "react";
import type { PictureManifest } from "../../../engine/release/manifest.ts";
import { evidenceFor, type Field } from "../../../lib/class-map/class-maps.ts";
import { overPicture } from "../../../lib/class-map/over-picture.ts";
import { type Whereabouts, whereabouts } from "../../../lib/class-map/region.ts";
import type { Answer } from "../../../lib/inference/protocol.ts";

/** Why an answer is what it is: where in the picture the evidence for one of its classes lies. */
export interface Why {
  /** Whether there is an answer that can be explained. */
  readonly explains: boolean;
  /** Whether the reader asked. */
  readonly asked: boolean;
  readonly ask: (asked: boolean) => void;
  /** The id of the class that is explained. */
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
  /** How much of the picture the colours cover up, in [0, 1]. */
  readonly opacity: number;
  readonly setOpacity: (opacity: number) => void;
  /** The evidence over the picture, in [0, 1]; undefined unless it was asked for and there is some. */
  readonly field: Field | undefined;
  readonly where: Whereabouts | undefined;
}

/**
 * Explains an answer, at first for its likeliest class, `best`. What the reader asked for stays from picture to
 * picture, the class goes with the answer.
 */
export function useWhy(
  { classes, input }: PictureManifest,
  answer: Answer | undefined,
  best: string | undefined,
): Why {
  const [asked, ask] = useState(false);
  const [opacity, setOpacity] = useState(0.6);
  const [choice, setChoice] = useState<{ readonly answer: Answer | undefined; readonly id: string }>();
  const chosen = choice?.answer === answer ? choice?.id : best;
  const field = useMemo(() => {
    const index = classes.findIndex(({ id }) => id === chosen);
    if (!asked || answer?.maps === undefined || index < 0) return undefined;
    return overPicture(evidenceFor(answer.maps, index), answer, input.fit);
  }, [asked, answer, chosen, classes, input.fit]);
  const where = useMemo(() => field && whereabouts(field), [field]);
  return {
    explains: answer?.maps !== undefined,
    asked,
    ask,
    chosen,
    choose: (id) => setChoice({ answer, id }),
    opacity,
    setOpacity,
    field,
    where,
  };
}
