import { NacreError } from "../errors.ts";
import type { ExternalData, OnnxModel, OnnxTensor } from "../onnx/model.ts";

/** Smaller constants stay in their graph: shapes and bounds, which a runtime wants to see while it loads. */
const smallest = 1024;
/** Every constant starts at a multiple of this many bytes, so that any element type can be viewed in place. */
const alignment = 16;

/**
 * Moves the larger constants of several models into one file of weights, equal ones only once: models that are
 * made from the same weights share them.
 *
 * @param location name of the weights file beside the models.
 * @returns the models in the same order, and the file's bytes.
 * @throws NacreError("weights") if a constant lies in another file already.
 */
export function externalise<Models extends readonly OnnxModel[]>(
  models: Models,
  location: string,
): { models: { [Key in keyof Models]: OnnxModel }; weights: Uint8Array<ArrayBuffer> } {
  const placed = new Map<string, { bytes: Uint8Array; place: ExternalData }[]>();
  let end = 0;
  const place = (bytes: Uint8Array): ExternalData => {
    const key = `${bytes.length} ${checksum(bytes)}`;
    const alike = placed.get(key) ?? [];
    const known = alike.find((other) => other.bytes.every((byte, i) => byte === bytes[i]));
    if (known) return known.place;
    const offset = Math.ceil(end / alignment) * alignment;
    end = offset + bytes.length;
    const added = { bytes, place: { location, offset, length: bytes.length } };
    placed.set(key, [...alike, added]);
    return added.place;
  };
  const move = (tensor: OnnxTensor): OnnxTensor => {
    if (!(tensor.data instanceof Uint8Array))
      throw new NacreError("weights", `The constant "${tensor.name}" lies in another file already.`);
    return tensor.data.length < smallest ? tensor : { ...tensor, data: place(tensor.data) };
  };
  const moved = models.map((model) => ({
    ...model,
    graph: { ...model.graph, initializers: model.graph.initializers.map(move) },
  }));
  const weights = new Uint8Array(end);
  for (const { bytes, place } of [...placed.values()].flat()) weights.set(bytes, place.offset);
  return { models: moved as { [Key in keyof Models]: OnnxModel }, weights };
}

/** 32 bits of FNV-1a (Fowler, Noll, Vo), to find equal arrays quickly. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
