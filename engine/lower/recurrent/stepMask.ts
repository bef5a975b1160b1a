import { attribute } from "../../onnx/build.ts";
import type { Emitter } from "../emitter.ts";

/** For sequences x [T, N, ...] of the lengths [N]: [T, N, 1] of 1 at the steps that are, 0 behind them. */
export function stepMask(e: Emitter, x: string, lengths: string): string {
  const count = e.emit("Squeeze", [e.emit("Shape", [x], { end: attribute.int(1) }), e.ints([0])]);
  const steps = e.reshape(e.emit("Range", [e.int(0), count, e.int(1)]), [-1, 1]);
  const inside = e.emit("Less", [steps, lengths]);
  return e.emit("Unsqueeze", [e.emit("Cast", [inside], { to: attribute.int(1) }), e.ints([2])]);
}
