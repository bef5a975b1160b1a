import type { Convolution } from "../../ops/conv.ts";
import type { Emitter } from "../emitter.ts";
import type { Extent } from "./layout.ts";

/** Everything that a convolution's formulations need to know. */
export interface ConvShape extends Convolution {
  readonly input: Extent;
  readonly output: Extent;
  /** Height and width of the filters. */
  readonly kernel: readonly [number, number];
}

/** One way to compute a convolution and its two adjoints on matrices [C, P]. */
export interface Formulation {
  /** x [C, P], w [K, C·R·S] -> y [K, P'] */
  forward(e: Emitter, x: string, w: string, c: ConvShape): string;
  /** dy [K, P'], w -> dx [C, P]; with `residual` [C, P], their sum. */
  inputGradient(e: Emitter, dy: string, w: string, c: ConvShape, residual?: string): string;
  /** x, dy -> dw [K, C·R·S]; with `carry`, factor · carry + dw. */
  weightGradient(e: Emitter, x: string, dy: string, c: ConvShape, carry?: Carry): string;
}

/** What is added to a weight gradient: the momentum, in optimisers that have one. */
export interface Carry {
  readonly name: string;
  readonly factor: number;
}

/** value + residual, where there is one. */
export const added = (e: Emitter, value: string, residual?: string): string =>
  residual ? e.emit("Add", [value, residual]) : value;

/** factor · carry + dw, where there is something to carry. */
export const carried = (e: Emitter, dw: string, carry?: Carry): string =>
  carry ? e.emit("Add", [e.emit("Mul", [carry.name, e.scalar(carry.factor)]), dw]) : dw;
