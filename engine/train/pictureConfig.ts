import { z } from "zod";
import type { AugmentationRecipe } from "../data/image/augment.ts";
import type { Mixing } from "../data/mixing.ts";
import { trainingSchema } from "./config.ts";

const count = z.number().int().min(1);
const share = z.number().min(0).max(1);
const range = z.tuple([z.number(), z.number()]).readonly();
const chance = { probability: share };

const augmentation = z
  .strictObject({
    paste: z.strictObject({ ...chance, size: range, backgroundScale: range, backgroundBlur: range }),
    crop: z.strictObject({ scale: range, ratio: range }),
    flip: share,
    rotation: z.strictObject({ ...chance, degrees: z.number() }),
    colour: z.strictObject({
      ...chance,
      brightness: share,
      contrast: share,
      saturation: share,
      hue: share,
    }),
    grayscale: share,
    blur: z.strictObject({ ...chance, sigma: range }),
    jpeg: z.strictObject({ ...chance, quality: range }),
    erase: z.strictObject({ ...chance, area: range, ratio: range }),
  })
  .partial() satisfies z.ZodType<AugmentationRecipe>;

const mixing = z.strictObject({
  ...chance,
  mixup: z.number().min(0),
  cutmix: z.number().min(0),
}) satisfies z.ZodType<Mixing>;

/** What decides a run on pictures. */
export const pictureSchema = trainingSchema.extend({
  /** Sides of the pictures in pixels, each for so many epochs; the last is what val is measured at. */
  sizes: z
    .array(z.strictObject({ epochs: count, size: count.multipleOf(32) }))
    .min(1)
    .readonly(),
  recipe: augmentation,
  mixing: mixing.optional(),
  /** Whether the release takes a second look at each picture, at its middle in the mirror: more exact, in twice the time. */
  twoLooks: z.boolean().optional(),
});

/** Everything that decides the result of a run on pictures, beside them and the starting weights: plain JSON. */
export type PictureConfig = z.infer<typeof pictureSchema>;

/** How many epochs the run has. */
export const epochsOf = ({ sizes }: PictureConfig): number =>
  sizes.reduce((sum, { epochs }) => sum + epochs, 0);

/** The side of the pictures in epoch `n`. */
export function sizeAt({ sizes }: PictureConfig, n: number): number {
  let end = 0;
  for (const { epochs, size } of sizes) {
    end += epochs;
    if (n < end) return size;
  }
  return finalSize({ sizes });
}

/** The side of the pictures that val is measured at and that is released. */
export const finalSize = ({ sizes }: Pick<PictureConfig, "sizes">): number => sizes.at(-1)!.size;
