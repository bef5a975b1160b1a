/** The forms in which answers leave the command line and the page: a line for people, JSON Lines, CSV. */

import type { InputKind } from "../task.ts";
import type { Manifest } from "./manifest.ts";

/** One of the likeliest classes of a picture. */
export interface Candidate {
  readonly class: Manifest["classes"][number];
  /** In [0, 1], calibrated. */
  readonly probability: number;
}

/** What is said of one picture. */
export interface PictureAnswer {
  /** Whether it shows one of the classes at all; undefined where the release cannot tell. */
  readonly known: boolean | undefined;
  /** The likeliest classes, the likeliest first. */
  readonly candidates: readonly Candidate[];
}

/** The `top` likeliest classes, the likeliest first. `probabilities` are [classes], in the manifest's order. */
export function likeliest(
  classes: Manifest["classes"],
  probabilities: ArrayLike<number>,
  top: number,
): Candidate[] {
  return classes
    .map((named, c) => ({ class: named, probability: probabilities[c]! }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}

/** Writes answers in one form. Every string that it returns is whole lines without the last line's end. */
export interface AnswerFormat {
  /** Printed first. */
  readonly head?: string;
  answer(file: string, answer: PictureAnswer): string;
  /** A picture that cannot be used, where the form has a place for it. */
  failure?(file: string, reason: string): string;
}

/** What is said of an input that shows, says or is in nothing that was learned. */
const STRANGE: { readonly [Kind in InputKind]: string } = {
  image: "none of these",
  sound: "none of the words",
  text: "a language the model has not seen",
};

/** "photo.jpg<tab>guitar 97.3 %<tab>banjo 1.2 %", or "photo.jpg<tab>none of these<tab>guitar 31.0 %<tab>…" */
export const lines = (kind: InputKind): AnswerFormat => ({
  answer: (file, { known, candidates }) =>
    [
      file,
      ...(known === false ? [STRANGE[kind]] : []),
      ...candidates.map(({ class: { en }, probability }) => `${en} ${(100 * probability).toFixed(1)} %`),
    ].join("\t"),
});

/**
 * One object a line, for every picture: {"file", "known", "predictions": [{"class", "en", "zh", "probability"}]} or
 * {"file", "error"}. "known" is missing where the release cannot tell.
 */
export const json: AnswerFormat = {
  answer: (file, answer) => JSON.stringify(answerRecord(file, answer)),
  failure: (file, reason) => JSON.stringify({ file, error: reason }),
};

/** What JSON says of an input. */
export const answerRecord = (file: string, { known, candidates }: PictureAnswer) => ({
  file,
  known,
  predictions: candidates.map(({ class: { id, en, zh }, probability }) => ({
    class: id,
    en,
    zh,
    probability,
  })),
});

/** RFC 4180 with a header, a line for each candidate: file,rank,class,probability,known. */
export const csv: AnswerFormat = {
  head: "file,rank,class,probability,known",
  answer: (file, { known, candidates }) =>
    candidates
      .map(({ class: { id }, probability }, i) =>
        [quoted(file), i + 1, id, probability.toFixed(6), known ?? ""].join(","),
      )
      .join("\n"),
};

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
