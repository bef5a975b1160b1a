import type { Node } from "../../graph/value.ts";
import type { Attributes, OpName } from "../../ops/index.ts";
import type { Emitter } from "../emitter.ts";

/** Writes one semantic node as ONNX nodes in the usual layout and returns the names of its outputs. */
export type PlainRule<K extends OpName> = (
  emitter: Emitter,
  node: Node<Attributes<K>>,
  inputs: readonly string[],
) => string | readonly string[];

export type PlainRules<K extends OpName> = { readonly [Name in K]: PlainRule<Name> };
