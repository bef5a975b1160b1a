import type { Node } from "../../graph/value.ts";
import type { Attributes, OpName } from "../../ops/index.ts";
import type { Emitter } from "../emitter.ts";

/** Writes one semantic node as ONNX nodes in the usual layout and returns the names of its outputs. */
export type PlainRule<K extends OpName> = (
  emitter: Emitter,
  node: Node<Attributes<K>>,
  inputs: readonly string[],
) => string | readonly string[];

/** One for each operator; what a graph is fed and what is constant, the lowering itself writes. */
export type PlainRules = { readonly [Name in Exclude<OpName, "input" | "constant">]: PlainRule<Name> };
