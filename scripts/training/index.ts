import type { InputKind } from "../../engine/task.ts";
import type { Prepare } from "./kind.ts";
import { preparePictures } from "./pictures.ts";
import { prepareSounds } from "./sounds.ts";
import { prepareTexts } from "./texts.ts";

/** How a run on each kind of input is prepared, and the network that it usually trains. */
export const KINDS: Readonly<
  Partial<Record<InputKind, { readonly network: string; readonly prepare: Prepare }>>
> = {
  image: { network: "resnet50", prepare: preparePictures },
  sound: { network: "convgru", prepare: prepareSounds },
  text: { network: "text-lstm", prepare: prepareTexts },
};
