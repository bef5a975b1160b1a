import { NacreError } from "../../engine/errors.ts";
import type { InputKind } from "../../engine/task.ts";
import type { Answer } from "./kind.ts";
import { answerPictures } from "./pictures.ts";
import { answerSounds } from "./sounds.ts";
import { answerTexts } from "./texts.ts";

const KINDS: Readonly<Partial<Record<InputKind, Answer>>> = {
  image: answerPictures,
  sound: answerSounds,
  text: answerTexts,
};

/** How inputs of this kind are answered. */
export function answerOf(kind: InputKind): Answer {
  const known = KINDS[kind];
  if (known) return known;
  throw new NacreError("usage", `Releases for ${kind} input cannot answer in this version.`);
}
