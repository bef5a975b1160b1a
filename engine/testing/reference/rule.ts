import type { Attributes, OpName } from "../../ops/index.ts";
import type { Array64 } from "../array.ts";

/**
 * What an operator computes, in float64 and plain loops: from its inputs to its outputs. Elements of all
 * types are float64 here; `cast` rounds to what a type holds.
 */
export type ReferenceRule<K extends OpName> = (
  inputs: readonly Array64[],
  attributes: Attributes<K>,
) => Array64 | readonly Array64[];

/** One for each operator. */
export type ReferenceRules = { readonly [Name in OpName]: ReferenceRule<Name> };
