import { NacreError } from "../errors.ts";
import { byteLength, elementCodes } from "./elements.ts";
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValueInfo } from "./model.ts";
import {
  attributeCodes,
  attributeFields,
  dimensionFields,
  entryFields,
  externalLocation,
  graphFields,
  modelFields,
  nodeFields,
  opsetFields,
  shapeFields,
  tensorFields,
  tensorTypeFields,
  typeFields,
  valueInfoFields,
} from "./schema.ts";
import { WireWriter } from "./wire.ts";

/**
 * The model as the bytes of an .onnx file. The same model always gives the same bytes, and
 * decodeModel gives it back.
 *
 * @throws NacreError("weights") if a constant's data do not fill its shape, or an integer is beyond 2^53.
 */
export function encodeModel(model: OnnxModel): Uint8Array {
  const writer = new WireWriter();
  writer.integer(modelFields.irVersion, model.irVersion);
  writer.string(modelFields.producerName, model.producer);
  writer.message(modelFields.graph, (to) => writeGraph(to, model.graph));
  for (const opset of model.opsets)
    writer.message(modelFields.opsetImport, (to) => {
      to.string(opsetFields.domain, opset.domain);
      to.integer(opsetFields.version, opset.version);
    });
  for (const [key, value] of Object.entries(model.metadata))
    writer.message(modelFields.metadataProps, (to) => writeEntry(to, key, value));
  return writer.finish();
}

function writeGraph(writer: WireWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) writer.message(graphFields.node, (to) => writeNode(to, node));
  writer.string(graphFields.name, graph.name);
  for (const tensor of graph.initializers)
    writer.message(graphFields.initializer, (to) => writeTensor(to, tensor));
  for (const input of graph.inputs) writer.message(graphFields.input, (to) => writeValueInfo(to, input));
  for (const output of graph.outputs) writer.message(graphFields.output, (to) => writeValueInfo(to, output));
}

function writeNode(writer: WireWriter, node: OnnxNode): void {
  for (const input of node.inputs) writer.string(nodeFields.input, input);
  for (const output of node.outputs) writer.string(nodeFields.output, output);
  if (node.name) writer.string(nodeFields.name, node.name);
  writer.string(nodeFields.opType, node.op);
  for (const [name, attribute] of Object.entries(node.attributes))
    writer.message(nodeFields.attribute, (to) => writeAttribute(to, name, attribute));
  if (node.domain) writer.string(nodeFields.domain, node.domain);
}

function writeAttribute(writer: WireWriter, name: string, attribute: OnnxAttribute): void {
  writer.string(attributeFields.name, name);
  // The type is written always: an empty list, for one, could not be told apart without it.
  writer.integer(attributeFields.type, attributeCodes[attribute.type]);
  switch (attribute.type) {
    case "int":
      writer.integer(attributeFields.int, attribute.value);
      break;
    case "float":
      writer.float(attributeFields.float, attribute.value);
      break;
    case "string":
      writer.string(attributeFields.string, attribute.value);
      break;
    case "ints":
      writer.integers(attributeFields.ints, attribute.value);
      break;
    case "floats":
      writer.floats(attributeFields.floats, attribute.value);
      break;
    case "strings":
      for (const text of attribute.value) writer.string(attributeFields.strings, text);
      break;
    case "tensor":
      writer.message(attributeFields.tensor, (to) => writeTensor(to, attribute.value));
      break;
    case "graph":
      writer.message(attributeFields.graph, (to) => writeGraph(to, attribute.value));
  }
}

function writeTensor(writer: WireWriter, tensor: OnnxTensor): void {
  const { name, type, dims, data } = tensor;
  const expected = byteLength(type, dims, `The constant "${name}"`);
  if (data.length !== expected)
    throw new NacreError(
      "weights",
      `The constant "${name}" has ${data.length} bytes, but ${type}[${dims.join(", ")}] takes ${expected}.`,
    );
  writer.integers(tensorFields.dims, dims);
  writer.integer(tensorFields.dataType, elementCodes[type]);
  if (name) writer.string(tensorFields.name, name);
  if (data instanceof Uint8Array) {
    writer.bytes(tensorFields.rawData, data);
    return;
  }
  const entries = { location: data.location, offset: `${data.offset}`, length: `${data.length}` };
  for (const [key, value] of Object.entries(entries))
    writer.message(tensorFields.externalData, (to) => writeEntry(to, key, value));
  writer.integer(tensorFields.dataLocation, externalLocation);
}

function writeValueInfo(writer: WireWriter, info: OnnxValueInfo): void {
  const { name, type, shape } = info;
  writer.string(valueInfoFields.name, name);
  writer.message(valueInfoFields.type, (typeProto) =>
    typeProto.message(typeFields.tensor, (to) => {
      to.integer(tensorTypeFields.elementType, elementCodes[type]);
      if (!shape) return;
      to.message(tensorTypeFields.shape, (shapeProto) => {
        for (const dimension of shape)
          shapeProto.message(shapeFields.dimension, (of) => {
            if (typeof dimension === "number") of.integer(dimensionFields.value, dimension);
            else if (dimension) of.string(dimensionFields.name, dimension);
          });
      });
    }),
  );
}

function writeEntry(writer: WireWriter, key: string, value: string): void {
  writer.string(entryFields.key, key);
  writer.string(entryFields.value, value);
}
