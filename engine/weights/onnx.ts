import { NacreError } from "../errors.ts";
import { decodeModel } from "../onnx/decode.ts";
import type { ElementType } from "../onnx/model.ts";
import { type StoredTensor, type StoredType, storedTensor } from "./stored.ts";

const storedTypes: Readonly<Record<Exclude<ElementType, "string">, StoredType>> = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
  int64: "I64",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint64: "U64",
  uint32: "U32",
  uint16: "U16",
  uint8: "U8",
  bool: "BOOL",
};

/**
 * The constants of an ONNX file by name, as views of it: what PyTorch exports under torchvision's names, when
 * exported with `do_constant_folding=False` so that batch norms stay apart from convolutions.
 *
 * @param where what to call the file in errors.
 * @param external the files that hold the constants kept outside, by their location.
 * @throws NacreError("weights") if the file is not readable, has a name twice, or lacks an external file.
 */
export function readOnnxWeights(
  bytes: Uint8Array,
  where: string,
  external: Readonly<Record<string, Uint8Array>> = {},
): Map<string, StoredTensor> {
  const weights = new Map<string, StoredTensor>();
  for (const { name, type, dims, data } of decodeModel(bytes, where).graph.initializers) {
    if (weights.has(name)) throw new NacreError("weights", `${where} has two constants named "${name}".`);
    if (type === "string") throw new NacreError("weights", `${where}: "${name}" holds strings.`);
    let view: Uint8Array;
    if (data instanceof Uint8Array) view = data;
    else {
      const file = Object.hasOwn(external, data.location) ? external[data.location] : undefined;
      if (!file)
        throw new NacreError(
          "weights",
          `${where} keeps "${name}" in the file "${data.location}", which is missing. Put it beside the model.`,
        );
      if (data.offset + data.length > file.length)
        throw new NacreError(
          "weights",
          `${where}: "${name}" lies beyond the end of "${data.location}". Download both files again.`,
        );
      view = file.subarray(data.offset, data.offset + data.length);
    }
    weights.set(name, storedTensor(storedTypes[type], dims, view, `${where}: "${name}"`));
  }
  return weights;
}
