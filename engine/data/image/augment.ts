import type { Rng } from "../../random.ts";
import { blur } from "./blur.ts";
import { type ColourChange, changeColour } from "./colour.ts";
import { type EraseRange, erase } from "./erase.ts";
import { jpegArtefacts } from "./jpegArtefacts.ts";
import { isOnWhite, type PasteRange, pasteOnto } from "./paste.ts";
import { type Pixels, whole } from "./pixels.ts";
import { type CropRange, randomCrop, warp } from "./warp.ts";

/** Something that happens to a picture with a probability, else not at all. */
interface Chance {
  /** 0 … 1. */
  readonly probability: number;
}

/**
 * How pictures are varied in training: plain JSON, so that a checkpoint and a model card can carry it.
 * What is left out does not happen. Applied in the order of the fields.
 */
export interface AugmentationRecipe {
  /** Objects on white are laid onto a crop of another training picture. */
  readonly paste?: Chance & PasteRange;
  /** Without it the whole picture is squeezed to the square. */
  readonly crop?: CropRange;
  /** Probability of mirroring left to right. */
  readonly flip?: number;
  /** Turned by up to this many degrees either way. */
  readonly rotation?: Chance & { readonly degrees: number };
  /** Factors within 1 ± the given width; hue within ± turns of a full circle. */
  readonly colour?: Chance & ColourChange;
  /** Probability of losing all colour. */
  readonly grayscale?: number;
  /** Standard deviation in output pixels. */
  readonly blur?: Chance & { readonly sigma: readonly [number, number] };
  /** Quality as libjpeg counts it, 1 … 100. */
  readonly jpeg?: Chance & { readonly quality: readonly [number, number] };
  /** A rectangle is covered with one random colour. */
  readonly erase?: Chance & EraseRange;
}

/**
 * One random variation of a picture, size × size, as the recipe describes; the picture itself is not
 * changed. The same generator state gives the same bytes. A given `background` is always used for
 * pasting; whether to find one is what `wantsBackground` draws beforehand.
 */
export function augment(
  pixels: Pixels,
  size: number,
  recipe: AugmentationRecipe,
  rng: Rng,
  background?: Pixels,
): Pixels {
  const scene = background && recipe.paste ? pasteOnto(pixels, background, recipe.paste, rng) : pixels;
  const crop = recipe.crop ? randomCrop(scene.width, scene.height, recipe.crop, rng) : whole(scene);
  const flip = rng.chance(recipe.flip ?? 0);
  const turn = happens(recipe.rotation, rng);
  const angle = turn ? (rng.uniform(-turn.degrees, turn.degrees) * Math.PI) / 180 : 0;
  let result = warp(scene, crop, angle, flip, size);

  const change = drawColour(recipe, rng);
  if (change) result = changeColour(result, change);
  const soft = happens(recipe.blur, rng);
  if (soft) result = blur(result, rng.uniform(...soft.sigma));
  const saved = happens(recipe.jpeg, rng);
  if (saved) result = jpegArtefacts(result, Math.round(rng.uniform(...saved.quality)));
  const hole = happens(recipe.erase, rng);
  if (hole) result = erase(result, hole, rng);
  return result;
}

/** Draws whether this picture should be pasted onto another; only pictures on white can be. */
export function wantsBackground(pixels: Pixels, recipe: AugmentationRecipe, rng: Rng): boolean {
  return happens(recipe.paste, rng) !== undefined && isOnWhite(pixels);
}

function happens<T extends Chance>(step: T | undefined, rng: Rng): T | undefined {
  return step && rng.chance(step.probability) ? step : undefined;
}

/** Jitter and grayscale are one pass over the picture, so they are drawn as one change. */
function drawColour(recipe: AugmentationRecipe, rng: Rng): ColourChange | undefined {
  const jitter = happens(recipe.colour, rng);
  const gray = rng.chance(recipe.grayscale ?? 0);
  if (!jitter && !gray) return undefined;
  const around = (width: number) => rng.uniform(1 - width, 1 + width);
  return {
    brightness: around(jitter?.brightness ?? 0),
    contrast: around(jitter?.contrast ?? 0),
    saturation: gray ? 0 : around(jitter?.saturation ?? 0),
    hue: jitter ? rng.uniform(-jitter.hue, jitter.hue) : 0,
  };
}
