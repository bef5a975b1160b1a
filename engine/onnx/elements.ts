/** Element types: their codes in the file, their sizes, and what a shape holds. */

import { NacreError } from "../errors.ts";
import type { ElementType } from "./model.ts";

/** TensorProto.DataType (onnx.proto3). */
export const elementCodes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
};

/** Bytes of one element. Strings have no fixed size and cannot be stored as constants. */
export const elementSizes: Readonly<Record<Exclude<ElementType, "string">, 1 | 2 | 4 | 8>> = {
  float32: 4,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
  float16: 2,
  float64: 8,
  uint32: 4,
  uint64: 8,
  bfloat16: 2,
};

/** The product of the dimensions; 1 for a scalar. NaN if one is negative or fractional or the product is inexact. */
export function elementCount(dims: readonly number[]): number {
  if (dims.some((dim) => !Number.isSafeInteger(dim) || dim < 0)) return Number.NaN;
  if (dims.includes(0)) return 0;
  const count = dims.reduce((product, dim) => product * dim, 1);
  return Number.isSafeInteger(count) ? count : Number.NaN;
}

/**
 * How many bytes a constant of this type and shape has. Throws NacreError("weights") naming `what` for
 * strings and for shapes without a sensible size.
 */
export function byteLength(type: ElementType, dims: readonly number[], what: string): number {
  if (type === "string")
    throw new NacreError("weights", `${what} holds strings, which are not supported as constants.`);
  const bytes = elementCount(dims) * elementSizes[type];
  if (!Number.isSafeInteger(bytes))
    throw new NacreError("weights", `${what} has the impossible shape [${dims.join(", ")}].`);
  return bytes;
}
