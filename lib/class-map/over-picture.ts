import { fitted, type ImageInput } from "../../engine/data/image/normalise.ts";
import type { Field } from "./class-maps.ts";
import { upsample } from "./upsample.ts";

/** The longer side of the fine field, in points: finer than the eye sees in something this smooth. */
const side = 240;

/**
 * A field over the network's square, laid over the whole picture that the square was made of, finely and in the
 * picture's proportions. What the network did not see holds 0.
 */
export function overPicture(
  field: Field,
  picture: { readonly width: number; readonly height: number },
  fit: ImageInput["fit"],
): Field {
  const scale = side / Math.max(picture.width, picture.height);
  const width = Math.max(3, Math.round(picture.width * scale));
  const height = Math.max(3, Math.round(picture.height * scale));
  const seen = fitted({ width, height }, fit);
  const [left, top] = [Math.round(seen.x), Math.round(seen.y)];
  const fine = upsample(field, Math.round(seen.width), Math.round(seen.height));
  const values = new Float32Array(width * height);
  for (let y = 0; y < fine.height; y++) {
    values.set(fine.values.subarray(y * fine.width, (y + 1) * fine.width), (top + y) * width + left);
  }
  return { values, width, height };
}
