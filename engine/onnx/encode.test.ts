import fc from "fast-check";
import { expect, test } from "vitest";
import { NacreError } from "../errors.ts";
import { anyModel } from "./arbitrary.fixture.ts";
import { attribute, node, tensorOf } from "./build.ts";
import { decodeModel } from "./decode.ts";
import { encodeModel } from "./encode.ts";
import type { OnnxGraph, OnnxModel } from "./model.ts";
import { WireWriter } from "./wire.ts";

const modelOf = (graph: Partial<OnnxGraph>): OnnxModel => ({
  irVersion: 8,
  opsets: [{ domain: "", version: 17 }],
  producer: "nacre",
  graph: { name: "g", nodes: [], inputs: [], outputs: [], initializers: [], ...graph },
  metadata: {},
});

const decodes = (bytes: Uint8Array): boolean => {
  try {
    decodeModel(bytes);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(NacreError);
    expect((error as NacreError).code).toBe("weights");
    return false;
  }
};

test("decoding undoes encoding, and the same model gives the same bytes", () => {
  fc.assert(
    fc.property(anyModel, (model) => {
      const bytes = encodeModel(model);
      expect(decodeModel(bytes)).toEqual(model);
      expect(encodeModel(decodeModel(bytes))).toEqual(bytes);
    }),
    { numRuns: 300 },
  );
});

test("a damaged or random file gives an error that says so, or another model, never a crash", () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(anyModel, damage, fc.nat(), (model, changes, cut) => {
      const bytes = encodeModel(model);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      decodes(bytes);
      decodes(bytes.subarray(0, cut % bytes.length));
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void decodes(bytes)),
    { numRuns: 1000 },
  );
});

test("every cut of a file is refused or is a shorter message", () => {
  const bytes = encodeModel(
    modelOf({ nodes: [node("Conv", ["x", "w"], ["y"], { strides: attribute.ints([2, 2]) })] }),
  );
  for (let end = 0; end < bytes.length; end++) decodes(bytes.subarray(0, end));
  expect(decodes(bytes)).toBe(true);
});

test("raw data are views of the file, and large ones are copied once", () => {
  const weights = new Float32Array(1 << 20).map((_, i) => i);
  const bytes = encodeModel(modelOf({ initializers: [tensorOf("w", weights)] }));
  const { data } = decodeModel(bytes).graph.initializers[0]!;
  expect(data).toBeInstanceOf(Uint8Array);
  expect((data as Uint8Array).buffer).toBe(bytes.buffer);
  const first = (data as Uint8Array).slice().buffer;
  expect(new Float32Array(first)[1234]).toBe(1234);
});

/** A model file around the TensorProto that `fill` writes. */
const tensorFile = (fill: (tensor: WireWriter) => void): Uint8Array => {
  const writer = new WireWriter();
  writer.message(7, (graph) => graph.message(5, fill));
  return writer.finish();
};

test.each([
  ["float32", 1, 4, (t: WireWriter) => t.floats(4, [1, -2.5]), new Float32Array([1, -2.5])],
  ["int8", 3, 5, (t: WireWriter) => t.integers(5, [127, -128]), new Int8Array([127, -128])],
  ["uint8", 2, 5, (t: WireWriter) => t.integers(5, [0, 255]), new Uint8Array([0, 255])],
  ["float16", 10, 5, (t: WireWriter) => t.integers(5, [0x3c00, 0xc000]), new Uint16Array([0x3c00, 0xc000])],
  ["int32", 6, 5, (t: WireWriter) => t.integers(5, [-1, 2 ** 31 - 1]), new Int32Array([-1, 2 ** 31 - 1])],
  ["int64", 7, 7, (t: WireWriter) => t.integers(7, [-1, 2 ** 52]), new BigInt64Array([-1n, 2n ** 52n])],
  ["uint32", 12, 11, (t: WireWriter) => t.integers(11, [0, 2 ** 32 - 1]), new Uint32Array([0, 2 ** 32 - 1])],
] as const)("typed data of %s read like raw data, packed or not", (type, code, field, packed, expected) => {
  const raw = new Uint8Array(expected.buffer);
  const unpacked = (tensor: WireWriter) => {
    for (const value of expected)
      if (type === "float32") tensor.float(field, Number(value));
      else tensor.integer(field, Number(value));
  };
  for (const fill of [packed, unpacked]) {
    const bytes = tensorFile((tensor) => {
      fill(tensor);
      tensor.integers(1, [2]);
      tensor.integer(2, code);
    });
    expect(decodeModel(bytes).graph.initializers[0]).toEqual({ name: "", type, dims: [2], data: raw });
  }
});

test("a shape that claims more than the file holds allocates nothing", () => {
  for (const dims of [[2 ** 40], [2 ** 30, 2 ** 30], [-1], [3]])
    for (const code of [1, 7])
      expect(() =>
        decodeModel(
          tensorFile((tensor) => {
            tensor.integers(1, dims);
            tensor.integer(2, code);
            tensor.integers(7, [1, 2]);
          }),
        ),
      ).toThrow(NacreError);
});

test("nesting is bounded", () => {
  const nested = (depth: number): OnnxGraph => ({
    ...modelOf({}).graph,
    nodes: depth ? [node("If", ["c"], ["y"], { then_branch: attribute.graph(nested(depth - 1)) })] : [],
  });
  expect(decodes(encodeModel(modelOf(nested(30))))).toBe(true);
  expect(() => decodeModel(encodeModel(modelOf(nested(40))))).toThrow("nested more than");
});

test("what cannot be read or written exactly is an error", () => {
  const huge = new Uint8Array([0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
  expect(() => decodeModel(huge)).toThrow("beyond 2^53");
  const unknownType = tensorFile((tensor) => tensor.integer(2, 99));
  expect(() => decodeModel(unknownType)).toThrow("element type number 99");
  const parent = { location: "../secret", offset: 0, length: 4 };
  const outside = modelOf({ initializers: [{ name: "w", type: "float32", dims: [1], data: parent }] });
  expect(() => decodeModel(encodeModel(outside))).toThrow("not beside the model");
  const wrong = modelOf({ initializers: [tensorOf("w", new Float32Array(3), [2])] });
  expect(() => encodeModel(wrong)).toThrow('"w" has 12 bytes');
  const fraction = modelOf({ nodes: [node("A", [], ["y"], { axis: attribute.int(0.5) })] });
  expect(() => encodeModel(fraction)).toThrow("whole number");
});
