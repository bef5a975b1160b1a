import { NacreError } from "../../engine/errors.ts";
import type { InputKind } from "../../engine/task.ts";
import type { Measure } from "./kind.ts";
import { measurePictures } from "./pictures.ts";
import { measureSounds } from "./sounds.ts";
import { measureTexts } from "./texts.ts";

const KINDS: Readonly<Partial<Record<InputKind, Measure>>> = {
  image: measurePictures,
  sound: measureSounds,
  text: measureTexts,
};

/** How a release for this kind of input is measured. */
export function measureOf(kind: InputKind): Measure {
  const known = KINDS[kind];
  if (known) return known;
  throw new NacreError("usage", `Releases for ${kind} input cannot be measured by this version.`);
}
