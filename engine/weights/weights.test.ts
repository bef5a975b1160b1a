import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NacreError } from "../errors.ts";
import { tensorOf } from "../onnx/build.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxTensor } from "../onnx/model.ts";
import { readOnnxWeights } from "./onnx.ts";
import {
  readSafetensors,
  readSafetensorsMetadata,
  type StorableTensor,
  writeSafetensors,
} from "./safetensors.ts";
import { fromBfloat16, fromFloat16 } from "./stored.ts";

const name = fc
  .string({ unit: "binary", maxLength: 8 })
  .filter((text) => text !== "__metadata__" && text !== "__proto__");
const tensor: fc.Arbitrary<StorableTensor> = fc
  .tuple(
    fc.array(fc.nat(4), { maxLength: 3 }),
    fc.constantFrom(Float32Array, BigInt64Array, Uint8Array),
    fc.nat(255),
  )
  .map(([dims, Kind, value]) => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    const data = Kind === BigInt64Array ? new Kind(length).fill(BigInt(value)) : new Kind(length);
    if (!(data instanceof BigInt64Array)) data.fill(value);
    return { dims, data };
  });
const tensors = fc.uniqueArray(fc.tuple(name, tensor), { selector: ([key]) => key, maxLength: 5 });

test("a safetensors file gives back what was written, whatever the order", () => {
  fc.assert(
    fc.property(tensors, fc.dictionary(name, fc.string(), { noNullPrototype: true }), (list, metadata) => {
      const file = writeSafetensors(new Map(list), metadata);
      expect(writeSafetensors(new Map([...list].reverse()), metadata)).toEqual(file);
      const read = readSafetensors(file, "it");
      expect(new Set(read.keys())).toEqual(new Set(list.map(([key]) => key)));
      for (const [key, { dims, data }] of list) {
        const { bytes, dims: readDims, type, float32 } = read.get(key)!;
        expect(readDims).toEqual(dims);
        expect(bytes).toEqual(new Uint8Array(data.buffer));
        if (data instanceof Float32Array) expect(float32()).toEqual(data);
        else if (type === "I64") expect(float32).toThrow("floats are needed");
      }
      expect(readSafetensorsMetadata(file, "it")).toEqual(metadata);
    }),
  );
});

test("damaged files give errors, never crashes", () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(tensors, damage, fc.nat(), (list, changes, cut) => {
      const file = writeSafetensors(new Map(list));
      for (const [at, byte] of changes) file[at % file.length] = byte;
      for (const bytes of [file, file.subarray(0, cut % file.length)])
        try {
          readSafetensors(bytes, "it");
        } catch (error) {
          expect(error).toBeInstanceOf(NacreError);
        }
    }),
    { numRuns: 500 },
  );
});

const fileOf = (header: string, dataBytes: number): Uint8Array => {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 8);
  return bytes;
};
const entry = (begin: number, end: number, shape = `[${(end - begin) / 4}]`) =>
  `{"dtype":"F32","shape":${shape},"data_offsets":[${begin},${end}]}`;

test.each([
  ["overlap", `{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12],
  ["gap", `{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12],
  ["trailing data", `{"a":${entry(0, 4)}}`, 8],
  ["missing data", `{"a":${entry(0, 8)}}`, 4],
  ["same key twice", `{"a":${entry(0, 4)},"\\u0061":${entry(4, 8)}}`, 8],
  ["same field twice", `{"a":{"dtype":"F16","dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 4],
  ["shape too large", `{"a":${entry(0, 4, "[4294967296, 4294967296, 4294967296]")}}`, 4],
  ["negative shape", `{"a":${entry(0, 4, "[-1, -1]")}}`, 4],
  ["backwards", `{"a":${entry(4, 0, "[0]")}}`, 4],
  ["unknown type", `{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}`, 4],
  ["no type", `{"a":{}}`, 0],
  ["not an object", "[1]", 0],
  ["not JSON", "{", 0],
  ["deep", "[".repeat(100_000), 0],
])("refuses a safetensors file: %s", (_, header, dataBytes) => {
  expect(() => readSafetensors(fileOf(header, dataBytes), "a.safetensors")).toThrow(
    /^a\.safetensors is not a sound/,
  );
});

test("refuses headers longer than the file", () => {
  const bytes = new Uint8Array(16).fill(255);
  expect(() => readSafetensors(bytes, "it")).toThrow("header is longer than the file");
});

test("half floats of both kinds are exact", () => {
  const halves = new Uint16Array([
    0x0000, 0x8000, 0x3c00, 0xc000, 0x0001, 0x03ff, 0x7bff, 0x7c00, 0xfc00, 0x7e00,
  ]);
  const values = [0, -0, 1, -2, 2 ** -24, 1023 * 2 ** -24, 65504, Infinity, -Infinity, Number.NaN];
  expect([...fromFloat16(halves)]).toEqual(values);
  expect([...fromBfloat16(new Uint16Array([0x3f80, 0xc000, 0x7f80]))]).toEqual([1, -2, Infinity]);
});

test("an ONNX file gives its constants by name, inside it or beside it", () => {
  const data = { location: "w.bin", offset: 4, length: 8 };
  const outside: OnnxTensor = { name: "fc.bias", type: "float32", dims: [2], data };
  const initializers = [tensorOf("conv.weight", new Float32Array([1, 2, 3]), [3, 1]), outside];
  const graph = { name: "g", nodes: [], inputs: [], outputs: [], initializers };
  const file = encodeModel({ irVersion: 8, opsets: [], producer: "", graph, metadata: {} });
  const beside = new Uint8Array(new Float32Array([7, 8, 9]).buffer);
  const weights = readOnnxWeights(file, "m.onnx", { "w.bin": beside });
  expect([...weights.keys()]).toEqual(["conv.weight", "fc.bias"]);
  expect(weights.get("conv.weight")!.dims).toEqual([3, 1]);
  expect(weights.get("fc.bias")!.float32()).toEqual(new Float32Array([8, 9]));
  expect(() => readOnnxWeights(file, "m.onnx")).toThrow('"w.bin", which is missing');
  expect(() => readOnnxWeights(file, "m.onnx", { "w.bin": beside.subarray(4) })).toThrow("beyond the end");
});

const pretrained = new URL(
  "../../../shared/data/pretrained/mobilenetv2-imagenet.safetensors",
  import.meta.url,
);
const present = existsSync(pretrained);
if (!present) console.warn("Skipped: the pretrained MobileNetV2 is not on this machine.");
test.skipIf(!present)("reads published weights", () => {
  const weights = readSafetensors(readFileSync(pretrained), "mobilenetv2");
  const stem = weights.get("features.0.0.weight")!;
  expect(stem.type).toBe("F16");
  expect(stem.dims).toEqual([32, 3, 3, 3]);
  expect(stem.float32().every((value) => Math.abs(value) < 10)).toBe(true);
});
