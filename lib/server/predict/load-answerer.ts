import type { Manifest } from "../../../engine/release/manifest.ts";
import type { InputKind } from "../../../engine/task.ts";
import { releaseFolder } from "../releases.ts";
import { loadPictureAnswerer } from "./answer-pictures.ts";
import { loadSoundAnswerer } from "./answer-sounds.ts";
import { loadTextAnswerer } from "./answer-texts.ts";
import type { Answerer } from "./answerer.ts";

const LOADERS: Readonly<Record<InputKind, (folder: string) => Promise<Answerer>>> = {
  image: loadPictureAnswerer,
  sound: loadSoundAnswerer,
  text: loadTextAnswerer,
};

/** Loads a listed release. Throws NacreError("weights") where it cannot be used. */
export const loadAnswerer = (manifest: Manifest): Promise<Answerer> =>
  LOADERS[manifest.input.kind](releaseFolder(manifest));
