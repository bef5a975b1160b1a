/** Field numbers of onnx.proto3 (github.com/onnx/onnx, IR version 10), by message. */

/** ModelProto. */
export const modelFields = {
  irVersion: 1,
  producerName: 2,
  graph: 7,
  opsetImport: 8,
  metadataProps: 14,
  functions: 25,
} as const;

/** OperatorSetIdProto. */
export const opsetFields = { domain: 1, version: 2 } as const;

/** StringStringEntryProto: metadata and external data. */
export const entryFields = { key: 1, value: 2 } as const;

/** GraphProto. */
export const graphFields = {
  node: 1,
  name: 2,
  initializer: 5,
  input: 11,
  output: 12,
  sparseInitializer: 15,
} as const;

/** NodeProto. */
export const nodeFields = { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 } as const;

/** AttributeProto. */
export const attributeFields = {
  name: 1,
  float: 2,
  int: 3,
  string: 4,
  tensor: 5,
  graph: 6,
  floats: 7,
  ints: 8,
  strings: 9,
  type: 20,
} as const;

/** AttributeProto.AttributeType. */
export const attributeCodes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
} as const;

/** TensorProto. */
export const tensorFields = {
  dims: 1,
  dataType: 2,
  floatData: 4,
  int32Data: 5,
  int64Data: 7,
  name: 8,
  rawData: 9,
  doubleData: 10,
  uint64Data: 11,
  externalData: 13,
  dataLocation: 14,
} as const;

/** TensorProto.DataLocation.EXTERNAL. */
export const externalLocation = 1;

/** ValueInfoProto. */
export const valueInfoFields = { name: 1, type: 2 } as const;
/** TypeProto.tensor_type. */
export const typeFields = { tensor: 1 } as const;
/** TypeProto.Tensor. */
export const tensorTypeFields = { elementType: 1, shape: 2 } as const;
/** TensorShapeProto.dim. */
export const shapeFields = { dimension: 1 } as const;
/** TensorShapeProto.Dimension. */
export const dimensionFields = { value: 1, name: 2 } as const;
