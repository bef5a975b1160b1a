/** The semantic graph: values that know the node that made them. A graph is what its outputs reach. */

/** A dimension: a number, or a name ("N") for one that is known when the graph runs. */
export type Dim = number | string;
/** Sizes from the outermost axis to the innermost, in the field's usual order: images are [N, C, H, W]. */
export type Shape = readonly Dim[];
export type DType = "float32" | "int64" | "uint8" | "bool";

/** What is known of a tensor before the graph runs. */
export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A tensor in a graph that has not run: one output of a node. */
export interface Value extends TensorType {
  readonly node: Node;
  /** Which of the node's outputs this is. */
  readonly index: number;
}

/** One application of an operator. */
export interface Node<A = unknown> {
  readonly op: Op<A>;
  readonly inputs: readonly Value[];
  readonly attributes: A;
  readonly outputs: readonly Value[];
}

/**
 * The gradient rule of an operator: from the gradients of its outputs (undefined where nothing depends
 * on an output) to those of its inputs, in the shape of the output where an input was broadcast.
 */
export type GradientRule<A> = (node: Node<A>, upstream: Gradients) => Gradients;

/** One gradient for each value, undefined where there is none. */
export type Gradients = readonly (Value | undefined)[];

/** Says why there is no gradient rule, in place of one. */
export interface Stop {
  readonly stop: string;
  /** Whether the derivative exists but is not offered, so that leaving it out would be wrong. */
  readonly missing: boolean;
}

/** An operator: what it means for shapes and for gradients. How it is computed stands in `lower/`. */
export interface Op<A = unknown> {
  readonly name: string;
  /** The outputs' types; throws a ShapeError when the inputs do not fit. */
  readonly infer: (inputs: readonly TensorType[], attributes: A) => readonly TensorType[];
  readonly gradient: GradientRule<A> | Stop;
}

/** Marks an operator that gradients end at: what passes it is 0, or cancels. */
export const stop = (reason: string): Stop => ({ stop: reason, missing: false });

/** Marks an operator whose derivative nobody needed yet: gradients refuse to pass it. */
export const missing = (reason: string): Stop => ({ stop: reason, missing: true });

/** Applies an operator: infers the types of the outputs and makes the node. */
export function apply<A>(op: Op<A>, inputs: readonly Value[], attributes: A): readonly Value[] {
  const outputs: Value[] = [];
  const node: Node<A> = { op, inputs, attributes, outputs };
  for (const [index, type] of op.infer(inputs, attributes).entries()) {
    outputs.push({ ...type, node: node as Node, index });
  }
  return outputs;
}

type Build<A> = (inputs: readonly Value[], attributes: A) => readonly Value[];

/**
 * Defines an operator: its entry in the table, and beside it the function that builds it in a graph.
 * Returns that function, with the entry as its property `op`.
 */
export function defineOp<A, F extends (...args: never[]) => unknown>(
  op: Op<A>,
  builder: (build: Build<A>) => F,
): F & { readonly op: Op<A> } {
  return Object.assign(
    builder((inputs, attributes) => apply(op, inputs, attributes)),
    { op },
  );
}

/** Every node that `outputs` depend on, each after its inputs. */
export function topological(outputs: readonly Value[]): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  const visit = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    stack.push({ node, next: 0 });
  };
  for (const output of outputs) {
    visit(output.node);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const input = top.node.inputs[top.next++];
      if (input) visit(input.node);
      else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}
