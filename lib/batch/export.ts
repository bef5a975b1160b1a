import { PictureError } from "../../engine/data/image/admission.ts";
import { type AnswerFormat, likeliest } from "../../engine/release/answers.ts";
import type { Manifest } from "../../engine/release/manifest.ts";
import type { Problem } from "../inference/protocol.ts";
import type { Photo } from "./batch.ts";

/** How many classes an answer is told with, the same as `npm run predict` tells without being asked. */
const top = 5;

/**
 * The answers as a file, line for line what `npm run predict` prints; photos that wait are left out, and
 * failed ones where the form has no place for them.
 */
export function exportAnswers(
  photos: readonly Photo[],
  { classes }: Pick<Manifest, "classes">,
  format: AnswerFormat,
): string {
  const blocks = photos.flatMap(({ file, state }) => {
    if (state.phase === "answered") {
      const { known, probabilities } = state.answer;
      return [format.answer(file.name, { known, candidates: likeliest(classes, probabilities, top) })];
    }
    if (state.phase !== "failed" || format.failure === undefined) return [];
    return [format.failure(file.name, reasonOf(state.problem, file.name))];
  });
  return [...(format.head === undefined ? [] : [format.head]), ...blocks, ""].join("\n");
}

/** The sentence of the command line, which is English. */
function reasonOf(problem: Problem, name: string): string {
  if (problem.kind === "picture") return new PictureError(name, problem.fault).message;
  return problem.kind === "gone"
    ? `${name} was moved, changed or deleted since it was chosen; choose it again.`
    : `${name} could not be answered; try it again.`;
}
