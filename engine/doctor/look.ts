import type { EvaluationBatch } from "../data/evaluation.ts";
import { type ImageInput, toTensor } from "../data/image/normalise.ts";
import { readPicture } from "../data/readPicture.ts";
import { NacreError } from "../errors.ts";
import { type Signature, signatureOf } from "./signature.ts";

/** What one look at a picture tells; of one that cannot be read, why. */
export type Look = Seen | { readonly path: string; readonly unreadable: string };

/** A picture that can be read. */
export interface Seen {
  readonly path: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly signature: Signature;
}

/**
 * Reads each picture once, in order: gives the readable ones as batches for a network and tells of all. The next
 * pictures are being read while the network has these.
 *
 * @param onLook told of every picture in order
 */
export async function* lookAtAll(
  paths: readonly string[],
  input: ImageInput,
  batch: number,
  onLook: (look: Look) => void,
): AsyncGenerator<EvaluationBatch, void, undefined> {
  const read = (from: number) =>
    Promise.all(paths.slice(from, from + batch).map((path) => lookAt(path, input)));
  const size = 3 * input.size ** 2;
  let start = 0;
  let next = read(0);
  for (let from = 0; from < paths.length; from += batch) {
    const looks = await next;
    next = read(from + batch);
    for (const { look } of looks) onLook(look);
    const tensors = looks.flatMap(({ tensor }) => tensor ?? []);
    if (tensors.length === 0) continue;
    const images = new Float32Array(tensors.length * size);
    for (const [n, tensor] of tensors.entries()) images.set(tensor, n * size);
    yield { start, images, labels: new Int32Array(tensors.length) };
    start += tensors.length;
  }
}

async function lookAt(path: string, input: ImageInput): Promise<{ look: Look; tensor?: Float32Array }> {
  try {
    const pixels = await readPicture(path);
    const { width, height } = pixels;
    return { look: { path, width, height, signature: signatureOf(pixels) }, tensor: toTensor(pixels, input) };
  } catch (error) {
    if (!(error instanceof NacreError)) throw error;
    return { look: { path, unreadable: error.message } };
  }
}
