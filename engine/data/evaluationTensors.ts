import { type ImageInput, pictureDims, toTensor } from "./image/normalise.ts";
import { readPicture } from "./readPicture.ts";

/** One batch of pictures to be read as they are. */
export interface TensorOrder {
  readonly paths: readonly string[];
  readonly input: ImageInput;
}

/**
 * Reads pictures as a network's input: Float32 [N, ...pictureDims(input)].
 *
 * @throws NacreError "input" naming the first picture that cannot be read
 */
export async function readTensors({ paths, input }: TensorOrder): Promise<Float32Array<ArrayBuffer>> {
  const length = pictureDims(input).reduce((product, dim) => product * dim);
  const tensors = new Float32Array(paths.length * length);
  for (const [n, path] of paths.entries()) {
    tensors.set(toTensor(await readPicture(path), input), n * length);
  }
  return tensors;
}
