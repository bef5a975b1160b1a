import { attribute } from "../../onnx/build.ts";
import type { Cell } from "../../ops/recurrent.ts";
import type { Emitter } from "../emitter.ts";

/** What a step passes on, and what it leaves behind for the way back. */
interface Step {
  readonly states: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * How a cell computes, with all that can be computed for all steps at once taken out of the loop. The first state is
 * the hidden one. Names without a T are of one step, [N, ...]; sequences are [T, N, ...].
 */
export interface CellSteps {
  /** Tensors [N, H] carried from step to step. */
  readonly states: number;
  /** One step: x is its input's projection, with the bias. */
  forward(e: Emitter, states: readonly string[], x: string, recurrent: string, hidden: number): Step;
  /**
   * Before the way back, over all steps: what its steps multiply by, from the tape (what `forward` put out).
   * `previous` gives a sequence one step later, as a state comes to the step.
   */
  factors(e: Emitter, tape: readonly string[], h: string, previous: (sequence: string) => string): string[];
  /** One step back, from the gradient of its hidden state; puts out the gradient of h Rᵀ first. */
  backward(
    e: Emitter,
    states: readonly string[],
    dy: string,
    factors: readonly string[],
    recurrent: string,
  ): Step;
  /** After the way back, over all steps: the gradient of the input's projection, if it is not that of h Rᵀ. */
  ofProjection?(e: Emitter, outputs: readonly string[], factors: readonly string[], hidden: number): string;
}

const add = (e: Emitter, a: string, b: string) => e.emit("Add", [a, b]);
const multiply = (e: Emitter, ...[first, ...rest]: readonly [string, ...string[]]) =>
  rest.reduce((product, factor) => e.emit("Mul", [product, factor]), first);
const oneMinus = (e: Emitter, x: string) => e.emit("Sub", [e.scalar(1), x]);
const square = (e: Emitter, x: string) => multiply(e, x, x);

/** σ' and tanh' in terms of the results, y (1 − y) and 1 − y². */
const sigmoidSlope = (e: Emitter, y: string) => multiply(e, y, oneMinus(e, y));
const tanhSlope = (e: Emitter, y: string) => oneMinus(e, square(e, y));

const concat = (e: Emitter, parts: readonly string[], axis: number) =>
  e.emit("Concat", parts, { axis: attribute.int(axis) });

const split = (e: Emitter, x: string, sizes: readonly number[], axis: number) =>
  e.emitMany("Split", [x, e.ints(sizes)], sizes.length, { axis: attribute.int(axis) });

/** h Rᵀ + x, or without x. */
const recur = (e: Emitter, h: string, recurrent: string, x?: string) =>
  e.emit("Gemm", x === undefined ? [h, recurrent] : [h, recurrent, x], { transB: attribute.int(1) });

/** dh = dgates R + rest */
const unrecur = (e: Emitter, gates: string, recurrent: string, rest?: string) =>
  e.emit("Gemm", rest === undefined ? [gates, recurrent] : [gates, recurrent, rest]);

const lstm: CellSteps = {
  states: 2,
  forward: (e, [h, c], x, recurrent, hidden) => {
    const [gates, candidate] = split(e, recur(e, h!, recurrent, x), [3 * hidden, hidden], 1);
    const [i, o, f] = split(e, e.emit("Sigmoid", [gates!]), [hidden, hidden, hidden], 1);
    const g = e.emit("Tanh", [candidate!]);
    const cell = add(e, multiply(e, f!, c!), multiply(e, i!, g));
    const t = e.emit("Tanh", [cell]);
    return { states: [multiply(e, o!, t), cell], outputs: [i!, o!, f!, g, cell, t] };
  },
  factors: (e, tape, _, previous) => {
    const [i, o, f, g, cell, t] = tape as [string, string, string, string, string, string];
    const gates = [
      multiply(e, g, sigmoidSlope(e, i)),
      multiply(e, t, sigmoidSlope(e, o)),
      multiply(e, previous(cell), sigmoidSlope(e, f)),
      multiply(e, i, tanhSlope(e, g)),
    ];
    return [concat(e, gates, 2), multiply(e, o, tanhSlope(e, t)), f];
  },
  backward: (e, [dh, dc], dy, [gates, ofCell, f], recurrent) => {
    const d = add(e, dy, dh!);
    const dcell = add(e, multiply(e, d, ofCell!), dc!);
    const dgates = multiply(e, gates!, concat(e, [dcell, d, dcell, dcell], 1));
    return { states: [unrecur(e, dgates, recurrent), multiply(e, dcell, f!)], outputs: [dgates] };
  },
};

const gru: CellSteps = {
  states: 1,
  forward: (e, [h], x, recurrent, hidden) => {
    const sizes = [2 * hidden, hidden];
    const [xGates, xNew] = split(e, x, sizes, 1);
    const [hGates, q] = split(e, recur(e, h!, recurrent), sizes, 1);
    const [z, r] = split(e, e.emit("Sigmoid", [add(e, xGates!, hGates!)]), [hidden, hidden], 1);
    const n = e.emit("Tanh", [add(e, xNew!, multiply(e, r!, q!))]);
    const next = add(e, n, multiply(e, z!, e.emit("Sub", [h!, n])));
    return { states: [next], outputs: [z!, r!, n, q!] };
  },
  factors: (e, tape, h, previous) => {
    const [z, r, n, q] = tape as [string, string, string, string];
    const ofNew = multiply(e, oneMinus(e, z), tanhSlope(e, n));
    const gates = [
      multiply(e, e.emit("Sub", [previous(h), n]), sigmoidSlope(e, z)),
      multiply(e, ofNew, q, sigmoidSlope(e, r)),
      multiply(e, ofNew, r),
    ];
    return [concat(e, gates, 2), z, ofNew];
  },
  backward: (e, [dh], dy, [gates, z], recurrent) => {
    const d = add(e, dy, dh!);
    const dgates = multiply(e, gates!, concat(e, [d, d, d], 1));
    return { states: [unrecur(e, dgates, recurrent, multiply(e, d, z!))], outputs: [dgates, d] };
  },
  // The reset gate stands between h Rₙᵀ and what is added to x Wₙᵀ.
  ofProjection: (e, [dgates, d], [, , ofNew], hidden) =>
    concat(e, [split(e, dgates!, [2 * hidden, hidden], 2)[0]!, multiply(e, d!, ofNew!)], 2),
};

const rnn: CellSteps = {
  states: 1,
  forward: (e, [h], x, recurrent) => ({
    states: [e.emit("Tanh", [recur(e, h!, recurrent, x)])],
    outputs: [],
  }),
  factors: (e, _, h) => [tanhSlope(e, h)],
  backward: (e, [dh], dy, [slope], recurrent) => {
    const dgates = multiply(e, slope!, add(e, dy, dh!));
    return { states: [unrecur(e, dgates, recurrent)], outputs: [dgates] };
  },
};

/** Every cell. */
export const CELLS: { readonly [C in Cell]: CellSteps } = { lstm, gru, rnn };
