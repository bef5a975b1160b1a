import { decodeTensor, elementTypeOf, readEntry } from "./decode-tensor.ts";
import type {
  Dimension,
  ElementType,
  OnnxAttribute,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValueInfo,
} from "./model.ts";
import {
  attributeCodes,
  attributeFields,
  dimensionFields,
  graphFields,
  modelFields,
  nodeFields,
  opsetFields,
  shapeFields,
  tensorTypeFields,
  typeFields,
  valueInfoFields,
} from "./schema.ts";
import { WireReader } from "./wire.ts";

/** Graphs within graphs, as in Loop, Scan and If; deeper files are refused so that the stack stays small. */
const deepestGraph = 32;

/**
 * The model in the bytes of an .onnx file. Constants are views of `bytes` wherever the file holds them
 * as raw data. A dimension that is neither a number nor named becomes "". Doc strings, inferred shapes
 * and training information are passed over.
 *
 * What is read grows with the file's size and not with the sizes that it claims. The structure of the
 * graph (order, names, external ranges) is checkModel's business.
 *
 * @param where what to call the file in errors.
 * @throws NacreError("weights") if the bytes are no such file, or use what this engine does not read:
 * local functions, sparse constants, string constants, sequences, integers beyond 2^53, unknown types.
 */
export function decodeModel(bytes: Uint8Array, where = "The ONNX file"): OnnxModel {
  // Plain arrays even from Node's Buffer, whose slice() would share memory.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = new WireReader(plain, where);
  let irVersion = 0;
  let producer = "";
  let graph: OnnxGraph | undefined;
  const opsets: { domain: string; version: number }[] = [];
  const metadata = new Map<string, string>();
  while (reader.next()) {
    if (reader.field === modelFields.irVersion) irVersion = reader.integer();
    else if (reader.field === modelFields.producerName) producer = reader.string();
    else if (reader.field === modelFields.graph) {
      if (graph) throw reader.error("it holds two graphs");
      graph = readGraph(reader.message(), 0);
    } else if (reader.field === modelFields.opsetImport) opsets.push(readOpset(reader.message()));
    else if (reader.field === modelFields.metadataProps) {
      const { key, value } = readEntry(reader.message());
      if (metadata.has(key)) throw reader.error(`it has the metadata key "${key}" twice`);
      metadata.set(key, value);
    } else if (reader.field === modelFields.functions)
      throw reader.error("it defines functions of its own, which are not supported");
    else reader.skip();
  }
  if (!graph) throw reader.error("it holds no graph");
  return { irVersion, opsets, producer, graph, metadata: Object.fromEntries(metadata) };
}

function readOpset(reader: WireReader): { domain: string; version: number } {
  let domain = "";
  let version = 0;
  while (reader.next()) {
    if (reader.field === opsetFields.domain) domain = reader.string();
    else if (reader.field === opsetFields.version) version = reader.integer();
    else reader.skip();
  }
  return { domain, version };
}

function readGraph(reader: WireReader, depth: number): OnnxGraph {
  if (depth > deepestGraph) throw reader.error(`its graphs are nested more than ${deepestGraph} deep`);
  let name = "";
  const nodes: OnnxNode[] = [];
  const inputs: OnnxValueInfo[] = [];
  const outputs: OnnxValueInfo[] = [];
  const initializers: OnnxTensor[] = [];
  while (reader.next()) {
    if (reader.field === graphFields.node) nodes.push(readNode(reader.message(), depth));
    else if (reader.field === graphFields.name) name = reader.string();
    else if (reader.field === graphFields.initializer) initializers.push(decodeTensor(reader.message()));
    else if (reader.field === graphFields.input) inputs.push(readValueInfo(reader.message()));
    else if (reader.field === graphFields.output) outputs.push(readValueInfo(reader.message()));
    else if (reader.field === graphFields.sparseInitializer)
      throw reader.error("it holds sparse constants, which are not supported");
    else reader.skip();
  }
  return { name, nodes, inputs, outputs, initializers };
}

function readNode(reader: WireReader, depth: number): OnnxNode {
  let op = "";
  let domain = "";
  let name = "";
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  while (reader.next()) {
    if (reader.field === nodeFields.input) inputs.push(reader.string());
    else if (reader.field === nodeFields.output) outputs.push(reader.string());
    else if (reader.field === nodeFields.name) name = reader.string();
    else if (reader.field === nodeFields.opType) op = reader.string();
    else if (reader.field === nodeFields.domain) domain = reader.string();
    else if (reader.field === nodeFields.attribute) {
      const [key, attribute] = readAttribute(reader.message(), depth);
      if (attributes.has(key)) throw reader.error(`the node "${name}" has the attribute "${key}" twice`);
      attributes.set(key, attribute);
    } else reader.skip();
  }
  if (!op) throw reader.error(`the node "${name}" names no operator`);
  return { op, domain, name, inputs, outputs, attributes: Object.fromEntries(attributes) };
}

function readAttribute(reader: WireReader, depth: number): [string, OnnxAttribute] {
  let name = "";
  let code = 0;
  let int = 0;
  let float = 0;
  let string = "";
  let tensor: OnnxTensor | undefined;
  let graph: OnnxGraph | undefined;
  const ints: number[] = [];
  const floats: number[] = [];
  const strings: string[] = [];
  let inferred = 0;
  while (reader.next()) {
    // Files of IR version 1 leave the type out; the field that is filled tells it.
    const given = codeOfField.get(reader.field);
    if (given) inferred = given;
    if (reader.field === attributeFields.name) name = reader.string();
    else if (reader.field === attributeFields.type) code = reader.integer();
    else if (reader.field === attributeFields.int) int = reader.integer();
    else if (reader.field === attributeFields.float) float = reader.float();
    else if (reader.field === attributeFields.string) string = reader.string();
    else if (reader.field === attributeFields.tensor) tensor = decodeTensor(reader.message());
    else if (reader.field === attributeFields.graph) graph = readGraph(reader.message(), depth + 1);
    else if (reader.field === attributeFields.ints) reader.integers(ints);
    else if (reader.field === attributeFields.floats) reader.floats(floats);
    else if (reader.field === attributeFields.strings) strings.push(reader.string());
    else reader.skip();
  }
  const type = attributeTypes.get(code || inferred);
  if (type === "int") return [name, { type, value: int }];
  if (type === "float") return [name, { type, value: float }];
  if (type === "string") return [name, { type, value: string }];
  if (type === "ints") return [name, { type, value: ints }];
  if (type === "floats") return [name, { type, value: floats }];
  if (type === "strings") return [name, { type, value: strings }];
  if (type === "tensor" && tensor) return [name, { type, value: tensor }];
  if (type === "graph" && graph) return [name, { type, value: graph }];
  throw reader.error(`the attribute "${name}" is empty or of a type that is not supported`);
}

type AttributeType = OnnxAttribute["type"];
const attributeNames = Object.keys(attributeCodes) as AttributeType[];
const attributeTypes = new Map(attributeNames.map((type) => [attributeCodes[type] as number, type]));
const codeOfField = new Map<number, number>(
  attributeNames.map((type) => [attributeFields[type], attributeCodes[type]]),
);

function readValueInfo(reader: WireReader): OnnxValueInfo {
  let name = "";
  let type: ElementType | undefined;
  let shape: readonly Dimension[] | undefined;
  while (reader.next()) {
    if (reader.field === valueInfoFields.name) name = reader.string();
    else if (reader.field === valueInfoFields.type) {
      const typeProto = reader.message();
      while (typeProto.next()) {
        if (typeProto.field === typeFields.tensor) ({ type, shape } = readTensorType(typeProto.message()));
        else typeProto.skip();
      }
    } else reader.skip();
  }
  if (!type) throw reader.error(`the value "${name}" is no tensor of a stated type`);
  return { name, type, shape };
}

function readTensorType(reader: WireReader): {
  type: ElementType;
  shape: readonly Dimension[] | undefined;
} {
  let code = 0;
  let shape: Dimension[] | undefined;
  while (reader.next()) {
    if (reader.field === tensorTypeFields.elementType) code = reader.integer();
    else if (reader.field === tensorTypeFields.shape) {
      shape = [];
      const shapeProto = reader.message();
      while (shapeProto.next()) {
        if (shapeProto.field === shapeFields.dimension) shape.push(readDimension(shapeProto.message()));
        else shapeProto.skip();
      }
    } else reader.skip();
  }
  return { type: elementTypeOf(code, reader), shape };
}

function readDimension(reader: WireReader): Dimension {
  let dimension: Dimension = "";
  while (reader.next()) {
    if (reader.field === dimensionFields.value) dimension = reader.integer();
    else if (reader.field === dimensionFields.name) dimension = reader.string();
    else reader.skip();
  }
  if (typeof dimension === "number" && dimension < 0) throw reader.error("a dimension is negative");
  return dimension;
}
