import { NacreError } from "../errors.ts";
import type { OnnxModel } from "./model.ts";

/**
 * The same model with the constants that lie in other files as part of it, as views of those files.
 *
 * @param files the files' bytes by their location
 * @throws NacreError("weights") where a file is missing or too short
 */
export function inlineExternal(model: OnnxModel, files: Readonly<Record<string, Uint8Array>>): OnnxModel {
  const initializers = model.graph.initializers.map((tensor) => {
    if (tensor.data instanceof Uint8Array) return tensor;
    const { location, offset, length } = tensor.data;
    const data = files[location]?.subarray(offset, offset + length);
    if (data?.length !== length)
      throw new NacreError(
        "weights",
        `${location}: the bytes of "${tensor.name}" are missing. Download or build the release again.`,
      );
    return { ...tensor, data };
  });
  return { ...model, graph: { ...model.graph, initializers } };
}
