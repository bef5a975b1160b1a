import { Rng } from "../random.ts";
import { type AugmentationRecipe, augment, wantsBackground } from "./image/augment.ts";
import { isOnWhite } from "./image/paste.ts";
import { type Pixels, whole } from "./image/pixels.ts";
import { resample } from "./image/resize.ts";
import { type Mixing, mixBatch } from "./mixing.ts";
import { PictureStore, type StoreMemory } from "./pictureStore.ts";
import { readPicture } from "./readPicture.ts";
import { type Sample, STRANGER } from "./sample.ts";

/** What a thread needs to know to make any batch of a training run. */
export interface TrainingPlan {
  readonly samples: readonly Sample[];
  readonly classes: number;
  readonly recipe?: AugmentationRecipe;
  readonly mixing?: Mixing;
  readonly seed: number;
  /** Pictures whose short side is longer are kept and used scaled down to this, in pixels. */
  readonly keptSide: number;
  readonly store: StoreMemory;
}

/** What one batch is made of. */
export interface PickOrder {
  readonly epoch: number;
  /** Number of the batch in the epoch. */
  readonly batch: number;
  /** Which samples, and how often each came before in this epoch. */
  readonly indices: Uint32Array;
  readonly repeats: Uint16Array;
}

/** One batch of pictures to be made. */
export interface BatchOrder extends PickOrder {
  /** Side of the pictures in pixels. */
  readonly size: number;
}

/** Pictures with their labels, ready for a training step. */
export interface Batch {
  /** Side of the pictures in pixels. */
  readonly size: number;
  /** [N, size, size, 3], sRGB bytes. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** [N, classes], each row sums to 1; one-hot unless mixed, and all alike for strangers. */
  readonly targets: Float32Array<ArrayBuffer>;
}

/** How often another picture is drawn before giving up on a background that is not white itself. */
const BACKGROUND_ATTEMPTS = 6;

/**
 * Makes training batches. What a batch holds follows from the seed, the epoch and its samples alone,
 * so any thread may make any batch, in any order.
 */
export class TrainingBatches {
  readonly #plan: TrainingPlan;
  readonly #store: PictureStore;
  readonly #rng: Rng;

  constructor(plan: TrainingPlan) {
    this.#plan = plan;
    this.#store = new PictureStore(plan.store);
    this.#rng = new Rng(plan.seed);
  }

  /** @throws NacreError "input" naming the first picture of the batch that cannot be read */
  async make({ epoch, batch, size, indices, repeats }: BatchOrder): Promise<Batch> {
    const { samples, classes, mixing } = this.#plan;
    const images = new Uint8Array(indices.length * size * size * 3);
    const targets = new Float32Array(indices.length * classes);
    for (let n = 0; n < indices.length; n++) {
      const index = indices[n]!;
      const picture = await this.#variation(
        index,
        size,
        this.#rng.fork("augment", epoch, index, repeats[n]!),
      );
      images.set(picture.data, n * picture.data.length);
      const { label } = samples[index]!;
      if (label === STRANGER) targets.fill(1 / classes, n * classes, (n + 1) * classes);
      else targets[n * classes + label] = 1;
    }
    if (mixing) mixBatch(images, targets, indices.length, size, mixing, this.#rng.fork("mix", epoch, batch));
    return { size, images, targets };
  }

  async #variation(index: number, size: number, rng: Rng): Promise<Pixels> {
    const { recipe } = this.#plan;
    const pixels = await this.#picture(index);
    if (!recipe) return resample(pixels, whole(pixels), size, size);
    const background = wantsBackground(pixels, recipe, rng) ? await this.#background(rng) : undefined;
    return augment(pixels, size, recipe, rng, background);
  }

  /** Another training picture that shows a scene, or undefined where none is found. */
  async #background(rng: Rng): Promise<Pixels | undefined> {
    for (let attempt = 0; attempt < BACKGROUND_ATTEMPTS; attempt++) {
      const pixels = await this.#picture(rng.integer(this.#plan.samples.length));
      if (!isOnWhite(pixels)) return pixels;
    }
    return undefined;
  }

  async #picture(index: number): Promise<Pixels> {
    const stored = this.#store.get(index);
    if (stored) return stored;
    const pixels = shrunk(await readPicture(this.#plan.samples[index]!.path), this.#plan.keptSide);
    this.#store.put(index, pixels);
    return pixels;
  }
}

/** Scales a picture down so that its short side is at most `side`. */
function shrunk(pixels: Pixels, side: number): Pixels {
  const scale = side / Math.min(pixels.width, pixels.height);
  if (scale >= 1) return pixels;
  const [width, height] = [Math.round(pixels.width * scale), Math.round(pixels.height * scale)];
  return resample(pixels, whole(pixels), width, height);
}
