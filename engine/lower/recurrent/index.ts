import type { Node } from "../../graph/value.ts";
import { attribute } from "../../onnx/build.ts";
import type { Recurrence } from "../../ops/recurrent.ts";
import type { Emitter } from "../emitter.ts";
import { CELLS } from "./cells.ts";
import { scan } from "./scan.ts";
import { stepMask } from "./stepMask.ts";

/** What is known of the operator's use. */
type Use = Pick<Node<Recurrence>, "inputs" | "attributes">;

/** The hidden states as the loop makes them, and all that the way back needs of it. */
interface Forward {
  readonly h: string;
  readonly tape: readonly string[];
  /** Undefined where all sequences are whole. */
  readonly mask: string | undefined;
  /** Zeros [N, H], as every state begins. */
  readonly zero: string;
}

/**
 * The hidden states [T, N, H]: one product projects the inputs of all steps, then a loop does what must wait for
 * the step before. `names` are those of the operator's inputs.
 */
export function recurrentForward(e: Emitter, node: Use, names: readonly string[]): string {
  const { h, mask } = unmasked(e, node, names);
  return node.attributes.reverse ? h : masked(e, h, mask);
}

/**
 * Both ways read no length within their loops. Forwards, what comes behind the end reaches nothing before it, and is
 * cleared afterwards. Backwards it comes first: there the projections are cleared, and from zeros and without an
 * input (the bias is in the projection) every cell stays at exactly 0.
 */
function unmasked(e: Emitter, { inputs, attributes }: Use, names: readonly string[]): Forward {
  const [x, weight, recurrent, bias, lengths] = names as [string, string, string, string, string?];
  const { cell, reverse } = attributes;
  const hidden = Number(inputs[2]!.shape[1]);
  const mask = lengths === undefined ? undefined : stepMask(e, x, lengths);
  const projected = e.emit("Add", [e.emit("MatMul", [x, e.transpose(weight, [1, 0])]), bias]);
  const zero = zeros(e, x, hidden);
  const [h, ...tape] = scan(e, {
    states: Array<string>(CELLS[cell].states).fill(zero),
    inputs: [reverse ? masked(e, projected, mask) : projected],
    reverse,
    step: (body, before, [slice]) => {
      const { states, outputs } = CELLS[cell].forward(body, before, slice!, recurrent, hidden);
      return { states, outputs: [states[0]!, ...outputs] };
    },
  });
  return { h: h!, tape, mask, zero };
}

/**
 * The gradients of input, weight, recurrent weight and bias. What can be computed from the forward pass alone is
 * computed for all steps before the loop, and the gradients of the weights after it, each by one product.
 */
export function recurrentBackward(e: Emitter, node: Use, names: readonly string[]): string[] {
  const [x, weight, recurrent, bias, dy, lengths] = names as [
    string,
    string,
    string,
    string,
    string,
    string?,
  ];
  const { cell, reverse } = node.attributes;
  const operands = [x, weight, recurrent, bias, ...(lengths === undefined ? [] : [lengths])];
  const { h, tape, mask, zero } = unmasked(e, node, operands);
  const steps = CELLS[cell];
  const hidden = Number(node.inputs[2]!.shape[1]);

  // A step's state before it: the sequence moved on by one, with zeros where it begins.
  const by = reverse ? -1 : 1;
  const previous = (sequence: string) => e.emit("Pad", [sequence, e.ints([by, 0, 0, -by, 0, 0])]);
  const factors = steps.factors(e, tape, h, previous);
  const outputs = scan(e, {
    states: Array<string>(steps.states).fill(zero),
    inputs: [reverse ? dy : masked(e, dy, mask), ...factors],
    reverse: !reverse,
    step: (body, states, [slice, ...rest]) => steps.backward(body, states, slice!, rest, recurrent),
  });
  const clear = (sequence: string) => (reverse ? masked(e, sequence, mask) : sequence);
  const ofRecurrence = clear(outputs[0]!);
  const ofProjection = steps.ofProjection
    ? clear(steps.ofProjection(e, outputs, factors, hidden))
    : ofRecurrence;

  const rows = (sequence: string, width: number) => e.reshape(sequence, [-1, width]);
  const [gates, width] = node.inputs[1]!.shape.map(Number) as [number, number];
  const product = (a: string, b: string) => e.emit("Gemm", [a, b], { transA: attribute.int(1) });
  const projectionRows = rows(ofProjection, gates);
  return [
    e.emit("MatMul", [ofProjection, weight]),
    product(projectionRows, rows(x, width)),
    product(rows(ofRecurrence, gates), rows(previous(h), hidden)),
    e.emit("ReduceSum", [projectionRows, e.ints([0])], { keepdims: attribute.int(0) }),
  ];
}

const masked = (e: Emitter, x: string, mask: string | undefined): string =>
  mask === undefined ? x : e.emit("Mul", [x, mask]);

/** Zeros [N, H] for sequences [T, N, I]. */
function zeros(e: Emitter, x: string, hidden: number): string {
  const batch = e.emit("Shape", [x], { start: attribute.int(1), end: attribute.int(2) });
  return e.emit("ConstantOfShape", [e.emit("Concat", [batch, e.ints([hidden])], { axis: attribute.int(0) })]);
}
