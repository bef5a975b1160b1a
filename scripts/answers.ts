/** The forms in which `predict` prints its answers: a line for people, JSON Lines, CSV. */

import type { TaskClass } from "../engine/task.ts";

/** One of the likeliest classes of a picture. */
export interface Candidate {
  readonly class: Pick<TaskClass, "id" | "en" | "zh">;
  /** In [0, 1], calibrated. */
  readonly probability: number;
}

/** Writes answers in one form. Every string that it returns is whole lines without the last line's end. */
export interface AnswerFormat {
  /** Printed first. */
  readonly head?: string;
  /** A picture's likeliest classes, the likeliest first. */
  answer(file: string, candidates: readonly Candidate[]): string;
  /** A picture that cannot be used, where the form has a place for it. */
  failure?(file: string, reason: string): string;
}

/** "photo.jpg<tab>guitar 97.3 %<tab>banjo 1.2 %" */
export const lines: AnswerFormat = {
  answer: (file, candidates) =>
    [
      file,
      ...candidates.map(({ class: { en }, probability }) => `${en} ${(100 * probability).toFixed(1)} %`),
    ].join("\t"),
};

/** One object a line, for every picture: {"file", "predictions": [{"class", "en", "zh", "probability"}]} or {"file", "error"}. */
export const json: AnswerFormat = {
  answer: (file, candidates) =>
    JSON.stringify({
      file,
      predictions: candidates.map(({ class: { id, en, zh }, probability }) => ({
        class: id,
        en,
        zh,
        probability,
      })),
    }),
  failure: (file, reason) => JSON.stringify({ file, error: reason }),
};

/** RFC 4180 with a header, a line for each candidate: file,rank,class,probability. */
export const csv: AnswerFormat = {
  head: "file,rank,class,probability",
  answer: (file, candidates) =>
    candidates
      .map(({ class: { id }, probability }, i) => [quoted(file), i + 1, id, probability.toFixed(6)].join(","))
      .join("\n"),
};

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
