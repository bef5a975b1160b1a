import { byteLength, elementCodes, elementCount, elementSizes } from "./elements.ts";
import type { ElementType, ExternalData, OnnxTensor } from "./model.ts";
import { entryFields, externalLocation, tensorFields } from "./schema.ts";
import type { WireReader } from "./wire.ts";

const elementTypes = new Map(Object.entries(elementCodes).map(([type, code]) => [code, type as ElementType]));

/** The type behind a TensorProto.DataType code; throws NacreError("weights") for those not supported. */
export function elementTypeOf(code: number, reader: WireReader): ElementType {
  const type = elementTypes.get(code);
  if (!type) throw reader.error(`it uses the element type number ${code}, which is not supported`);
  return type;
}

/** A StringStringEntryProto. */
export function readEntry(reader: WireReader): { key: string; value: string } {
  let key = "";
  let value = "";
  while (reader.next()) {
    if (reader.field === entryFields.key) key = reader.string();
    else if (reader.field === entryFields.value) value = reader.string();
    else reader.skip();
  }
  return { key, value };
}

/**
 * A TensorProto. Raw data and packed floats become views of the file; numbers stored as varints are
 * unpacked, after the shape has been checked against the bytes that are there.
 */
export function decodeTensor(reader: WireReader): OnnxTensor {
  let name = "";
  let code = 0;
  let location = 0;
  let raw: Uint8Array | undefined;
  const dims: number[] = [];
  const typed = new Map<number, Payloads>();
  const external = new Map<string, string>();
  while (reader.next()) {
    if (reader.field === tensorFields.name) name = reader.string();
    else if (reader.field === tensorFields.dataType) code = reader.integer();
    else if (reader.field === tensorFields.dims) reader.integers(dims);
    else if (reader.field === tensorFields.rawData) raw = reader.bytes();
    else if (reader.field === tensorFields.dataLocation) location = reader.integer();
    else if (reader.field === tensorFields.externalData) {
      const { key, value } = readEntry(reader.message());
      external.set(key, value);
    } else if (typedFields.has(reader.field)) {
      const payloads = typed.get(reader.field) ?? new Payloads();
      payloads.add(reader.payload());
      typed.set(reader.field, payloads);
    } else reader.skip();
  }
  const type = elementTypeOf(code, reader);
  const bytes = byteLength(type, dims, `The constant "${name}"`);
  if (location === externalLocation)
    return { name, type, dims, data: externalData(external, bytes, name, reader) };
  const data = raw ?? typedData(type, dims, typed, reader);
  if (data.length !== bytes)
    throw reader.error(
      `the constant "${name}" has ${data.length} bytes, but ${type}[${dims.join(", ")}] takes ${bytes}`,
    );
  return { name, type, dims, data };
}

function externalData(
  entries: ReadonlyMap<string, string>,
  bytes: number,
  name: string,
  reader: WireReader,
): ExternalData {
  const location = entries.get("location") ?? "";
  const number = (key: string, missing: number) => {
    const text = entries.get(key);
    return text === undefined ? missing : /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  };
  const offset = number("offset", 0);
  const length = number("length", bytes);
  // A model may name files beside itself and below, nowhere else.
  if (!location || /^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)/i.test(location))
    throw reader.error(
      `the constant "${name}" lies in the file "${location}", which is not beside the model`,
    );
  if (Number.isNaN(offset) || length !== bytes)
    throw reader.error(`the constant "${name}" has a wrong offset or length in "${location}"`);
  return { location, offset, length };
}

/** The field that holds a type's elements when raw_data does not (comments at TensorProto in onnx.proto3). */
const typedFieldOf: Readonly<Record<Exclude<ElementType, "string">, number>> = {
  float32: tensorFields.floatData,
  float64: tensorFields.doubleData,
  int64: tensorFields.int64Data,
  uint32: tensorFields.uint64Data,
  uint64: tensorFields.uint64Data,
  int32: tensorFields.int32Data,
  uint8: tensorFields.int32Data,
  int8: tensorFields.int32Data,
  uint16: tensorFields.int32Data,
  int16: tensorFields.int32Data,
  bool: tensorFields.int32Data,
  float16: tensorFields.int32Data,
  bfloat16: tensorFields.int32Data,
};
const typedFields: ReadonlySet<number> = new Set(Object.values(typedFieldOf));

function typedData(
  type: ElementType,
  dims: readonly number[],
  typed: ReadonlyMap<number, Payloads>,
  reader: WireReader,
): Uint8Array {
  if (type === "string") throw reader.error("it holds a string constant, which is not supported");
  const payload = typed.get(typedFieldOf[type])?.bytes ?? new Uint8Array();
  // Floats are stored the same way as in raw data.
  if (type === "float32" || type === "float64") return payload;
  const count = elementCount(dims);
  // Every number takes a byte or more, so a shape that claims more is false; nothing is allocated for it.
  if (count > payload.length) throw reader.error("a tensor holds fewer numbers than its shape has places");
  const data = new Uint8Array(count * elementSizes[type]);
  reader.within(payload).varintsInto(data, elementSizes[type]);
  return data;
}

/** The pieces of a repeated field, put together: the first as a view, more of them in a growing copy. */
class Payloads {
  #buffer = new Uint8Array();
  #used = 0;

  add(payload: Uint8Array): void {
    if (this.#used === 0) this.#buffer = payload as Uint8Array<ArrayBuffer>;
    else {
      const end = this.#used + payload.length;
      if (end > this.#buffer.length) {
        const larger = new Uint8Array(2 * end);
        larger.set(this.bytes);
        this.#buffer = larger;
      }
      this.#buffer.set(payload, this.#used);
    }
    this.#used += payload.length;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#used);
  }
}
