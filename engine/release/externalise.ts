import { createHash } from "node:crypto";
import { NacreError } from "../errors.ts";
import type { ExternalData, OnnxModel, OnnxTensor } from "../onnx/model.ts";

/** Smaller constants stay in their graph: shapes and bounds, which a runtime wants to see while it loads. */
const smallest = 2048;
/** Every constant starts at a multiple of this many bytes, so that any element type can be viewed in place. */
const alignment = 16;

/**
 * Moves the larger constants that all of several models have into one file of weights: models that are made from
 * the same weights share them. What others do not have stays in the model, so that who runs one of them need not
 * fetch what only another computes with.
 *
 * @param location name of the weights file beside the models.
 * @returns the models in the same order, and the file's bytes.
 * @throws NacreError("weights") if a constant lies in another file already.
 */
export function externalise<Models extends readonly OnnxModel[]>(
  models: Models,
  location: string,
): { models: { [Key in keyof Models]: OnnxModel }; weights: Uint8Array<ArrayBuffer> } {
  const constants = models.map(({ graph }) => graph.initializers.map(contentOf));
  const keys = constants.map((own) => new Set(own.map(({ key }) => key)));
  const isShared = ({ bytes, key }: Content) => bytes.length >= smallest && keys.every((own) => own.has(key));
  const places = new Map<string, ExternalData>();
  const pieces: { readonly bytes: Uint8Array; readonly offset: number }[] = [];
  let end = 0;
  const place = ({ bytes, key }: Content): ExternalData => {
    const known = places.get(key);
    if (known) return known;
    const offset = Math.ceil(end / alignment) * alignment;
    end = offset + bytes.length;
    const added = { location, offset, length: bytes.length };
    places.set(key, added);
    pieces.push({ bytes, offset });
    return added;
  };
  const moved = models.map((model, m) => {
    const initializers = model.graph.initializers.map((tensor, i) => {
      const content = constants[m]![i]!;
      return isShared(content) ? { ...tensor, data: place(content) } : tensor;
    });
    return { ...model, graph: { ...model.graph, initializers } };
  });
  const weights = new Uint8Array(end);
  for (const { bytes, offset } of pieces) weights.set(bytes, offset);
  return { models: moved as { [Key in keyof Models]: OnnxModel }, weights };
}

/** A constant's bytes, and what they have in common with equal ones only. */
interface Content {
  readonly bytes: Uint8Array;
  readonly key: string;
}

function contentOf({ name, data }: OnnxTensor): Content {
  if (data instanceof Uint8Array)
    return { bytes: data, key: createHash("sha256").update(data).digest("base64") };
  throw new NacreError("weights", `The constant "${name}" lies in another file already.`);
}
