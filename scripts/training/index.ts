import type { InputKind } from "../../engine/task.ts";
import type { Prepare } from "./kind.ts";
import { preparePictures } from "./pictures.ts";

/** How a run on each kind of input is prepared. */
export const KINDS: Readonly<Partial<Record<InputKind, Prepare>>> = {
  image: preparePictures,
};
