/** Random models for the property tests of this folder. */

import fc from "fast-check";
import { elementSizes } from "./elements.ts";
import type {
  ElementType,
  OnnxAttribute,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValueInfo,
} from "./model.ts";

const text = fc.string({ unit: "binary", maxLength: 12 });
const name = fc.string({ unit: "binary", minLength: 1, maxLength: 12 });
const integer = fc.maxSafeInteger();
const float = fc.float();
const short = { maxLength: 4 };
const constantTypes = Object.keys(elementSizes) as (keyof typeof elementSizes)[];

const tensor: fc.Arbitrary<OnnxTensor> = fc
  .record({
    name: text,
    type: fc.constantFrom(...constantTypes),
    dims: fc.array(fc.nat(5), { maxLength: 3 }),
    offset: fc.option(fc.nat(), { nil: undefined }),
    seed: fc.nat(255),
  })
  .map(({ name, type, dims, offset, seed }) => {
    const length = dims.reduce((product, dim) => product * dim, elementSizes[type]);
    const data =
      offset === undefined
        ? new Uint8Array(length).fill(seed)
        : { location: `weights-${seed}.bin`, offset, length };
    return { name, type, dims, data };
  });

const valueInfo: fc.Arbitrary<OnnxValueInfo> = fc.record({
  name: text,
  type: fc.constantFrom<ElementType>(...constantTypes, "string"),
  shape: fc.option(fc.array(fc.oneof(fc.nat(), text), { maxLength: 4 }), { nil: undefined }),
});

const { graph } = fc.letrec<{ graph: OnnxGraph; attribute: OnnxAttribute; node: OnnxNode }>((tie) => ({
  attribute: fc.oneof(
    { maxDepth: 2, depthIdentifier: "graph" },
    fc.record({ type: fc.constant("int" as const), value: integer }),
    fc.record({ type: fc.constant("float" as const), value: float }),
    fc.record({ type: fc.constant("string" as const), value: text }),
    fc.record({ type: fc.constant("ints" as const), value: fc.array(integer, short) }),
    fc.record({ type: fc.constant("floats" as const), value: fc.array(float, short) }),
    fc.record({ type: fc.constant("strings" as const), value: fc.array(text, short) }),
    fc.record({ type: fc.constant("tensor" as const), value: tensor }),
    fc.record({ type: fc.constant("graph" as const), value: tie("graph") }),
  ),
  node: fc.record({
    op: name,
    domain: text,
    name: text,
    inputs: fc.array(text, short),
    outputs: fc.array(text, short),
    attributes: fc.dictionary(text, tie("attribute"), { maxKeys: 3, noNullPrototype: true }),
  }),
  graph: fc.record({
    name: text,
    nodes: fc.array(tie("node"), { ...short, depthIdentifier: "graph" }),
    inputs: fc.array(valueInfo, short),
    outputs: fc.array(valueInfo, short),
    initializers: fc.array(tensor, short),
  }),
}));

/** Any model that the format can hold; its graph need not make sense. */
export const anyModel: fc.Arbitrary<OnnxModel> = fc.record({
  irVersion: fc.nat(20),
  opsets: fc.array(fc.record({ domain: text, version: fc.nat(30) }), short),
  producer: text,
  graph,
  metadata: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
});
