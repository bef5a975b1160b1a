import { NacreError } from "../errors.ts";
import type { OnnxTensor } from "./model.ts";

/**
 * The numbers of a float32 constant, in memory of their own. Throws NacreError("weights") if it is of another
 * type or lies in another file.
 */
export function floatsOf({ name, type, data }: OnnxTensor): Float32Array<ArrayBuffer> {
  if (type !== "float32" || !(data instanceof Uint8Array))
    throw new NacreError("weights", `The constant "${name}" is not a float32 tensor inside the model file.`);
  return new Float32Array(new Uint8Array(data).buffer);
}
