import { NacreError } from "../errors.ts";

/** Element types by their safetensors names, with their sizes in bytes. */
export const storedSizes = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const;

export type StoredType = keyof typeof storedSizes;

/** A named array of a weights file. */
export interface StoredTensor {
  readonly type: StoredType;
  readonly dims: readonly number[];
  /** Little-endian, row-major; a view of the file. */
  readonly bytes: Uint8Array;
  /** The values as a new Float32Array. Throws NacreError("weights") unless they are F64, F32, F16 or BF16. */
  float32(): Float32Array<ArrayBuffer>;
}

/** A stored tensor over `bytes`; `what` is what errors call it, as in `resnet.safetensors: "fc.bias"`. */
export function storedTensor(
  type: StoredType,
  dims: readonly number[],
  bytes: Uint8Array,
  what: string,
): StoredTensor {
  return {
    type,
    dims,
    bytes,
    float32() {
      // The copy is aligned, whatever the file's offsets are.
      const { buffer } = new Uint8Array(bytes);
      if (type === "F32") return new Float32Array(buffer);
      if (type === "F64") return Float32Array.from(new Float64Array(buffer));
      if (type === "F16") return fromFloat16(new Uint16Array(buffer));
      if (type === "BF16") return fromBfloat16(new Uint16Array(buffer));
      throw new NacreError("weights", `${what} holds ${type} numbers where floats are needed.`);
    },
  };
}

/** IEEE 754 binary16, as bits, to float32; exact. */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(halves.length);
  const bits = new Uint32Array(floats.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    bits[i] = ((half & 0x8000) << 16) | ((half & 0x7fff) << 13);
    // The exponent's bias is 15 there and 127 here; the product sets subnormals right as well.
    if ((half & 0x7c00) !== 0x7c00) floats[i]! *= 2 ** 112;
    else bits[i]! |= 0x7f800000;
  }
  return floats;
}

/** bfloat16, the upper half of a float32, to float32; exact. */
export function fromBfloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = Uint32Array.from(halves, (half) => half << 16);
  return new Float32Array(bits.buffer);
}
