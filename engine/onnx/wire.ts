/** Protocol-buffer wire encoding (protobuf.dev/programming-guides/encoding), as much of it as ONNX files use. */

import { NacreError } from "../errors.ts";

/** How a field's payload is delimited. Groups (3 and 4) were dropped from the format and are refused. */
export const wireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** From this size on, payloads are kept by reference until the whole message is put together. */
const bigPayload = 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads one message field by field, never beyond its end. `where` names the file in errors.
 * All methods throw NacreError("weights") on truncated or malformed bytes.
 */
export class WireReader {
  /** Number of the field that `next` stopped at. */
  field = 0;
  /** Its wire type. */
  type = 0;
  readonly #bytes: Uint8Array;
  readonly #where: string;
  #position = 0;
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes;
    this.#where = where;
  }

  /** Goes to the next field; false at the message's end. */
  next(): boolean {
    if (this.#position >= this.#bytes.length) return false;
    this.#readVarint();
    this.type = this.#low & 7;
    this.field = this.#low >>> 3;
    if (this.#high !== 0 || this.field === 0) throw this.error("it holds an impossible field number");
    return true;
  }

  /** A signed 64-bit integer. Throws beyond ±(2^53 − 1), where a number would no longer be exact. */
  integer(): number {
    this.#expect(wireType.varint);
    return this.#integer();
  }

  /** A 32-bit float. */
  float(): number {
    this.#expect(wireType.fixed32);
    return this.#view(this.#take(4)).getFloat32(0, true);
  }

  /** The payload of a length-delimited field, as a view. */
  bytes(): Uint8Array {
    this.#expect(wireType.bytes);
    return this.#delimited();
  }

  /** A UTF-8 string. */
  string(): string {
    try {
      return decoder.decode(this.bytes());
    } catch (cause) {
      if (cause instanceof NacreError) throw cause;
      throw this.error("it holds a text that is not UTF-8");
    }
  }

  /** A reader of the nested message. */
  message(): WireReader {
    return this.within(this.bytes());
  }

  /** A reader of other bytes of the same file. */
  within(bytes: Uint8Array): WireReader {
    return new WireReader(bytes, this.#where);
  }

  /** Appends a repeated integer, packed or not, to `list`. */
  integers(list: number[]): void {
    if (this.type !== wireType.bytes) list.push(this.integer());
    else for (const packed = this.message(); !packed.#done; ) list.push(packed.#integer());
  }

  /** Appends a repeated float, packed or not, to `list`. */
  floats(list: number[]): void {
    if (this.type !== wireType.bytes) {
      list.push(this.float());
      return;
    }
    const payload = this.bytes();
    if (payload.length % 4 !== 0) throw this.error("a list of floats is cut in the middle");
    const view = this.#view(payload);
    for (let i = 0; i < payload.length; i += 4) list.push(view.getFloat32(i, true));
  }

  /** The encoded payload of a repeated number, packed or not, still in wire form; a view. */
  payload(): Uint8Array {
    if (this.type === wireType.bytes) return this.#delimited();
    const start = this.#position;
    this.skip();
    return this.#bytes.subarray(start, this.#position);
  }

  /** Passes over the field. */
  skip(): void {
    if (this.type === wireType.varint) this.#readVarint();
    else if (this.type === wireType.fixed64) this.#take(8);
    else if (this.type === wireType.bytes) this.#delimited();
    else if (this.type === wireType.fixed32) this.#take(4);
    else throw this.error(`field ${this.field} has the unknown wire type ${this.type}`);
  }

  /** Decodes the varints of the whole message into the low `size` bytes of each element of `out`. */
  varintsInto(out: Uint8Array, size: 1 | 2 | 4 | 8): void {
    const view = this.#view(out);
    let at = 0;
    for (; !this.#done; at += size) {
      this.#readVarint();
      if (at + size > out.length) throw this.error("a tensor holds more numbers than its shape has places");
      if (size === 1) view.setUint8(at, this.#low);
      else if (size === 2) view.setUint16(at, this.#low, true);
      else view.setUint32(at, this.#low, true);
      if (size === 8) view.setUint32(at + 4, this.#high, true);
    }
    if (at !== out.length) throw this.error("a tensor holds fewer numbers than its shape has places");
  }

  /** An error that names the file and the cause. */
  error(cause: string): NacreError {
    return new NacreError(
      "weights",
      `${this.#where} cannot be read: ${cause}. Download or export the file again.`,
    );
  }

  get #done(): boolean {
    return this.#position >= this.#bytes.length;
  }

  #expect(type: number): void {
    if (this.type !== type)
      throw this.error(`field ${this.field} has wire type ${this.type} instead of ${type}`);
  }

  #integer(): number {
    this.#readVarint();
    const value = (this.#high | 0) * 2 ** 32 + this.#low;
    if (!Number.isSafeInteger(value)) throw this.error("it holds an integer beyond 2^53");
    return value;
  }

  #delimited(): Uint8Array {
    this.#readVarint();
    return this.#take(this.#high * 2 ** 32 + this.#low);
  }

  #take(length: number): Uint8Array {
    const end = this.#position + length;
    if (end > this.#bytes.length) throw this.error("it ends in the middle of a field");
    const taken = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return taken;
  }

  /** Leaves the 64 bits, unsigned, in #low and #high. */
  #readVarint(): void {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw this.error("it ends in the middle of a field");
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) {
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    throw this.error("it holds a number longer than 64 bits");
  }

  #view(bytes: Uint8Array): DataView {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

/**
 * Writes one message. Small fields go to a growing buffer; large payloads are kept by reference and
 * copied once, by `finish`.
 */
export class WireWriter {
  readonly #pieces: Uint8Array[] = [];
  #piecesSize = 0;
  #buffer = new Uint8Array(64);
  #used = 0;

  /** Bytes written so far. */
  get size(): number {
    return this.#piecesSize + this.#used;
  }

  /** A signed 64-bit integer; throws NacreError("weights") unless it is a safe integer. */
  integer(field: number, value: number): void {
    this.#tag(field, wireType.varint);
    this.#varint(value);
  }

  /** Integers, packed. */
  integers(field: number, values: readonly number[]): void {
    this.message(field, (packed) => {
      for (const value of values) packed.#varint(value);
    });
  }

  /** A 32-bit float. */
  float(field: number, value: number): void {
    this.#tag(field, wireType.fixed32);
    this.#float(value);
  }

  /** 32-bit floats, packed. */
  floats(field: number, values: readonly number[]): void {
    this.message(field, (packed) => {
      for (const value of values) packed.#float(value);
    });
  }

  /** Bytes as they are. They must not change before `finish`. */
  bytes(field: number, payload: Uint8Array): void {
    this.#tag(field, wireType.bytes);
    this.#varint(payload.length);
    this.#append(payload);
  }

  /** A text as UTF-8. */
  string(field: number, text: string): void {
    this.bytes(field, encoder.encode(text));
  }

  /** A nested message, filled by `fill`. */
  message(field: number, fill: (nested: WireWriter) => void): void {
    const nested = new WireWriter();
    fill(nested);
    this.#tag(field, wireType.bytes);
    this.#varint(nested.size);
    for (const piece of nested.#pieces) this.#append(piece);
    this.#append(nested.#buffer.subarray(0, nested.#used));
  }

  /** The whole message. */
  finish(): Uint8Array {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    whole.set(this.#buffer.subarray(0, this.#used), at);
    return whole;
  }

  #append(payload: Uint8Array): void {
    if (payload.length < bigPayload) {
      this.#reserve(payload.length);
      this.#buffer.set(payload, this.#used);
      this.#used += payload.length;
      return;
    }
    this.#pieces.push(this.#buffer.subarray(0, this.#used), payload);
    this.#piecesSize += this.#used + payload.length;
    this.#buffer = this.#buffer.subarray(this.#used);
    this.#used = 0;
  }

  #tag(field: number, type: number): void {
    this.#varint(field * 8 + type);
  }

  #float(value: number): void {
    this.#reserve(4);
    new DataView(this.#buffer.buffer, this.#buffer.byteOffset).setFloat32(this.#used, value, true);
    this.#used += 4;
  }

  #varint(value: number): void {
    if (!Number.isSafeInteger(value))
      throw new NacreError(
        "weights",
        `The number ${value} is not a whole number below 2^53 and cannot be written.`,
      );
    this.#reserve(10);
    let high = Math.floor(value / 2 ** 32);
    let low = value - high * 2 ** 32;
    high >>>= 0;
    while (high > 0 || low >= 0x80) {
      this.#buffer[this.#used++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.#buffer[this.#used++] = low;
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(64, 2 * (this.#used + length)));
    larger.set(this.#buffer.subarray(0, this.#used));
    this.#buffer = larger;
  }
}
