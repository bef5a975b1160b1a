import { attribute } from "../../onnx/build.ts";
import type { Window } from "../../ops/conv.ts";
import type { Emitter } from "../emitter.ts";
import { asGrid, asRows, type Extent, every, scatter } from "./layout.ts";

/** A pooling with everything that is known of it before it runs. */
export interface PoolShape extends Window {
  readonly kernel: number;
  readonly input: Extent;
  readonly output: Extent;
}

/** Below every value that occurs: what a padded place holds when the largest is looked for. */
const LOWEST = -3.4e38;

/**
 * The largest of a square is the largest of its rows' largest, so pooling goes along one axis and then
 * the other. Asking the runtime for the places of the largest would cost thirty times the pooling.
 */
export function maxPool(e: Emitter, x: string, p: PoolShape): string {
  return asRows(e, alongWidth(e, alongHeight(e, asGrid(e, x, p.input), p), p), p.output);
}

/** Sends dy back to the first largest element along each axis. */
export function maxPoolGradient(e: Emitter, x: string, y: string, dy: string, p: PoolShape): string {
  const { input, output, padding } = p;
  const grid = asGrid(e, x, input);
  const between = alongHeight(e, grid, p);
  const [top, left, bottom, right] = padding;
  const dims = [input.channels, output.height, input.width, input.n];
  const dbetween = axisGradient(e, between, asGrid(e, y, output), asGrid(e, dy, output), p, {
    axis: 2,
    before: left,
    after: right,
    dims: dims.with(2, output.width),
    size: input.width,
  });
  const dx = axisGradient(e, grid, between, dbetween, p, {
    axis: 1,
    before: top,
    after: bottom,
    dims,
    size: input.height,
  });
  return asRows(e, dx, input);
}

interface Axis {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
  /** The pooled tensor's dimensions. */
  readonly dims: readonly number[];
  /** The length of the axis before pooling. */
  readonly size: number;
}

function axisGradient(
  e: Emitter,
  x: string,
  y: string,
  dy: string,
  p: PoolShape,
  { axis, before, after, dims, size }: Axis,
) {
  const none = dims.map(() => 0);
  const pads = [...none.with(axis, before), ...none.with(axis, after)];
  const padded = before + after > 0 ? e.emit("Pad", [x, e.ints(pads), e.scalar(LOWEST)]) : x;
  // What is left of dy goes from tap to tap until one holds the largest; so the last needs no comparison.
  let left = dy;
  const pieces = Array.from({ length: p.kernel }, (_, tap) => {
    const offset = tap - before;
    if (tap === p.kernel - 1) return { name: left, offset };
    const seen = every(e, padded, axis, tap, p.stride, dims[axis]!);
    const largest = e.emit("Cast", [e.emit("Equal", [seen, y])], { to: attribute.int(1) });
    const taken = e.emit("Mul", [left, largest]);
    left = e.emit("Sub", [left, taken]);
    return { name: taken, offset };
  });
  return scatter(e, pieces, dims, axis, p.stride, size);
}

/** [C, H, W, N] -> [C, H', W, N] */
function alongHeight(
  e: Emitter,
  grid: string,
  { kernel, stride, padding, input, output }: PoolShape,
): string {
  const [top, , bottom] = padding;
  const y = e.emit("MaxPool", [e.reshape(grid, [1, input.channels, input.height, input.width, input.n])], {
    kernel_shape: attribute.ints([kernel, 1, 1]),
    strides: attribute.ints([stride, 1, 1]),
    pads: attribute.ints([top, 0, 0, bottom, 0, 0]),
  });
  return e.reshape(y, [input.channels, output.height, input.width, input.n]);
}

/** [C, H', W, N] -> [C, H', W', N] */
function alongWidth(e: Emitter, grid: string, { kernel, stride, padding, input, output }: PoolShape): string {
  const [, left, , right] = padding;
  const y = e.emit("MaxPool", [e.reshape(grid, [1, input.channels, output.height, input.width, input.n])], {
    kernel_shape: attribute.ints([1, kernel, 1]),
    strides: attribute.ints([1, stride, 1]),
    pads: attribute.ints([0, left, 0, 0, right, 0]),
  });
  return e.reshape(y, [input.channels, output.height, output.width, input.n]);
}
