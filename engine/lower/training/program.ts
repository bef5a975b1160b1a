import type { Value } from "../../graph/value.ts";

/** A graph input with the name that the program feeds it by. */
export interface Feed {
  readonly name: string;
  readonly value: Value;
}

/** A tensor that each step reads and replaces. Fed as `name`, returned as `next/<name>`, in its `carriedShape`. */
export interface Carried extends Feed {
  readonly next: Value;
}

/** Tensors of one shape that change together: a weight and what its optimiser remembers of it. */
export type Bundle = readonly Carried[];

/** A semantic training step, and what of it changes how often. */
export interface Program {
  /** Inputs with another slice for each step: fed with a leading axis of steps. */
  readonly batches: readonly Feed[];
  /** Inputs that are the same in all steps. */
  readonly fixed: readonly Feed[];
  readonly state: readonly Bundle[];
  /** Scalars to report from each step: returned with a leading axis of steps. */
  readonly reports: readonly Feed[];
  /**
   * Tensors that change once after all steps, from what the steps left: `of` stands for the final value
   * of the state of that name.
   */
  readonly afterwards: readonly (Carried & { readonly of: Feed })[];
  /** An int64 scalar, the number of steps in this run; `afterwards` may depend on it. */
  readonly steps: Value;
}
