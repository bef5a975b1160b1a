import { attribute } from "../../onnx/build.ts";
import type { Emitter } from "../emitter.ts";
import { added, type Carry, type ConvShape, carried, type Formulation } from "./formulation.ts";
import {
  asGrid,
  asRows,
  type Extent,
  every,
  filterEach,
  positions,
  scatter,
  shiftColumns,
  shiftRows,
} from "./layout.ts";
import { tilingOf, winograd } from "./winograd.ts";

/** From so many channels on a product of matrices is worth copying the pixels for … */
const MANY_CHANNELS = 256;
/** … unless the pixels are so many times as many as the channels: then the copies no longer fit the caches. */
const MANY_PIXELS = 8;
/** Fewer numbers than this, one for each picture, are slow to copy by themselves. */
const FEW_PICTURES = 32;

/**
 * Which formulation fits a convolution; undefined where none does and the plain rules must.
 * Measured per shape on 1 and 2 cores: products of matrices win wherever they need no copy (1×1); for 3×3 filters
 * that keep the size, Winograd's do where tiles fit; else products with copies do where the copy is small beside
 * the product (many channels, and strided windows, whose direct adjoints are slow); between, the direct convolution
 * of the runtime wins.
 */
export function choose(c: ConvShape): Formulation | undefined {
  if (c.groups !== 1) return isDepthwise(c) ? depthwise : undefined;
  if (isPointwise(c)) return pointwise;
  if (keepsSize(c) && tilingOf(c)) return winograd;
  const { channels } = c.input;
  const few = channels < MANY_CHANNELS || positions(c.output) >= MANY_PIXELS * channels;
  return keepsSize(c) && channels > 3 && few ? direct : columns;
}

/** As many groups as channels, and a way back that only adds zeros. */
const isDepthwise = (c: ConvShape): boolean =>
  c.groups === c.input.channels &&
  c.groups === c.output.channels &&
  backwards(c).padding.every((zeros) => zeros >= 0);

/** Whether the filter is one pixel large, so that the convolution is a product of matrices. */
export const isPointwise = ({ kernel, padding }: ConvShape): boolean =>
  kernel[0] === 1 && kernel[1] === 1 && padding.every((zeros) => zeros === 0);

/** Odd filters, stride 1, as much padding as keeps the picture's size. */
const keepsSize = ({ kernel: [r, s], stride, padding: [top, left, bottom, right] }: ConvShape): boolean =>
  stride === 1 &&
  r % 2 === 1 &&
  s % 2 === 1 &&
  2 * top + 1 === r &&
  top === bottom &&
  2 * left + 1 === s &&
  left === right;

const taps = ([r, s]: readonly [number, number]): [number, number][] =>
  Array.from({ length: r * s }, (_, tap) => [Math.floor(tap / s), tap % s]);

/** Gemm adds the carry on the way: dw + factor · carry in one operator. */
const product = (e: Emitter, dy: string, columns: string, carry?: Carry): string =>
  carry
    ? e.emit("Gemm", [dy, columns, carry.name], {
        transB: attribute.int(1),
        beta: attribute.float(carry.factor),
      })
    : e.emit("Gemm", [dy, columns], { transB: attribute.int(1) });

const transposed = (e: Emitter, w: string, dy: string, residual?: string): string =>
  e.emit("Gemm", residual ? [w, dy, residual] : [w, dy], { transA: attribute.int(1) });

/** 1×1: a product of matrices over the whole batch. A stride leaves positions out first. */
const pointwise: Formulation = {
  forward: (e, x, w, c) => e.emit("MatMul", [w, subsample(e, x, c)]),
  inputGradient: (e, dy, w, c, residual) => {
    if (c.stride === 1) return throughPixel(e, w, dy, c, residual);
    const { height, width, n } = c.output;
    const grid = [c.input.channels, height, width, n];
    const small = asGrid(e, throughPixel(e, w, dy, c), { ...c.output, channels: c.input.channels });
    const rows = scatter(e, [{ name: small, offset: 0 }], grid, 1, c.stride, c.input.height);
    const whole = scatter(
      e,
      [{ name: rows, offset: 0 }],
      grid.with(1, c.input.height),
      2,
      c.stride,
      c.input.width,
    );
    return added(e, asRows(e, whole, c.input), residual);
  },
  weightGradient: (e, x, dy, c, carry) => product(e, dy, subsample(e, x, c), carry),
};

/**
 * wᵀ · dy + residual for filters of one pixel. Gemm transposes the filters again for every block of dy; where dy
 * is long beside them (a tenth of the time) it is done before, in three dimensions: the runtime would put a
 * transposed matrix back into the product.
 */
function throughPixel(e: Emitter, w: string, dy: string, c: ConvShape, residual?: string): string {
  const [k, channels] = [c.output.channels, c.input.channels];
  if (positions(c.output) < MANY_PIXELS * Math.max(k, channels)) return transposed(e, w, dy, residual);
  const turned = e.reshape(e.transpose(e.reshape(w, [k, channels, 1]), [1, 0, 2]), [channels, k]);
  return e.emit("Gemm", residual ? [turned, dy, residual] : [turned, dy]);
}

function subsample(e: Emitter, x: string, { stride, input, output }: ConvShape): string {
  if (stride === 1) return x;
  const rows = every(e, asGrid(e, x, input), 1, 0, stride, output.height);
  return asRows(e, every(e, rows, 2, 0, stride, output.width), { ...output, channels: input.channels });
}

/** im2col: the pixels under the filters as a matrix [C·R·S, P'], then products with it. */
const columns: Formulation = {
  forward: (e, x, w, c) => e.emit("MatMul", [w, im2col(e, x, c)]),
  inputGradient: (e, dy, w, c, residual) => added(e, col2im(e, transposed(e, w, dy), c), residual),
  weightGradient: (e, x, dy, c, carry) => product(e, dy, im2col(e, x, c), carry),
};

function im2col(e: Emitter, x: string, c: ConvShape): string {
  const tap = identity(c.kernel[0] * c.kernel[1]);
  return e.reshape(filterEach(e, x, tap, c), [c.input.channels * tap.length, positions(c.output)]);
}

/** As many filters as taps, each of which sees one. */
const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));

/** The input as each tap of the filters sees it: R·S matrices [C, P'], row by row. */
function windows(e: Emitter, x: string, c: ConvShape): string[] {
  const { input, output, kernel, stride, padding } = c;
  const [top, left, bottom, right] = padding;
  if (keepsSize(c)) {
    const byColumn = Array.from({ length: kernel[1] }, (_, s) => shiftColumns(e, x, s - left, input));
    return taps(kernel).map(([r, s]) => shiftRows(e, byColumn[s]!, r - top, input));
  }
  const grid = asGrid(e, x, input);
  const padded = padding.every((zeros) => zeros === 0)
    ? grid
    : e.emit("Pad", [grid, e.ints([0, top, left, 0, 0, bottom, right, 0])]);
  const pickRows = (grid: string, r: number) => every(e, grid, 1, r, stride, output.height);
  const pickColumns = (grid: string, s: number) => every(e, grid, 2, s, stride, output.width);
  // A column is copied N numbers at a time: where that is slow, the columns of all rows come first, once.
  return taps(kernel).map(([r, s]) => {
    const seen =
      input.n < FEW_PICTURES ? pickRows(pickColumns(padded, s), r) : pickColumns(pickRows(padded, r), s);
    return asRows(e, seen, { ...output, channels: input.channels });
  });
}

/** The adjoint of im2col: adds up what the taps say of each pixel. */
function col2im(e: Emitter, columns: string, c: ConvShape): string {
  const count = c.kernel[0] * c.kernel[1];
  const parts = e.emitMany(
    "Split",
    [e.reshape(columns, [c.input.channels, count, positions(c.output)])],
    count,
    {
      axis: attribute.int(1),
      num_outputs: attribute.int(count),
    },
  );
  return gather(
    e,
    parts.map((part) => e.reshape(part, [c.input.channels, positions(c.output)])),
    c,
  );
}

/** The adjoint of `windows`: R·S matrices [C, P'] -> [C, P]. */
function gather(e: Emitter, parts: readonly string[], c: ConvShape): string {
  const { input, output, kernel, stride, padding } = c;
  const [top, left] = padding;
  const [height, width] = kernel;
  const ofColumn = (s: number) =>
    Array.from({ length: height }, (_, r) => ({ name: parts[r * width + s]!, r }));
  if (keepsSize(c)) {
    const byColumn = Array.from({ length: width }, (_, s) => {
      const rows = ofColumn(s).map(({ name, r }) => shiftRows(e, name, top - r, input));
      return shiftColumns(
        e,
        rows.reduce((sum, row) => e.emit("Add", [sum, row])),
        left - s,
        input,
      );
    });
    return byColumn.reduce((sum, column) => e.emit("Add", [sum, column]));
  }
  const grid = [input.channels, output.height, output.width, output.n];
  const byColumn = Array.from({ length: width }, (_, s) => {
    const pieces = ofColumn(s).map(({ name, r }) => ({ name: e.reshape(name, grid), offset: r - top }));
    return { name: scatter(e, pieces, grid, 1, stride, input.height), offset: s - left };
  });
  return asRows(e, scatter(e, byColumn, grid.with(1, input.height), 2, stride, input.width), input);
}

/**
 * The runtime's own convolution, over [1, C, H, W·N]: with the batch innermost, a step of one pixel along a
 * row is a step of N numbers, so filters dilated by N along rows see each picture for itself. (The same in
 * three dimensions, over [1, C, H, W, N], takes 1.2 to 1.5 times as long.) Its input gradient is a convolution
 * with turned filters; its weight gradient a product of matrices for each tap, between the input shifted
 * along columns and dy shifted along rows.
 */
const direct: Formulation = {
  forward: (e, x, w, c) =>
    convolve(e, x, e.reshape(w, [c.output.channels, c.input.channels, ...c.kernel]), c),
  inputGradient: (e, dy, w, c, residual) => {
    const [k, channels, r, s] = [c.output.channels, c.input.channels, ...c.kernel];
    const turned = e.transpose(turn(e, e.reshape(w, [k, channels, r * s])), [1, 0, 2]);
    return added(e, convolve(e, dy, e.reshape(turned, [channels, k, r, s]), backwards(c)), residual);
  },
  weightGradient: (e, x, dy, c, carry) => {
    const [top, left] = c.padding;
    const byColumn = Array.from({ length: c.kernel[1] }, (_, s) => shiftColumns(e, x, s - left, c.input));
    const byRow = Array.from({ length: c.kernel[0] }, (_, r) => shiftRows(e, dy, top - r, c.output));
    const { channels } = c.output;
    const parts = taps(c.kernel).map(([r, s]) =>
      e.reshape(product(e, byRow[r]!, byColumn[s]!), [channels, c.input.channels, 1]),
    );
    const dw = e.emit("Concat", parts, { axis: attribute.int(2) });
    return carried(e, e.reshape(dw, [channels, c.input.channels * parts.length]), carry);
  },
};

/** Filters [.., .., R·S] turned by half a circle: their taps in the opposite order. */
const turn = (e: Emitter, w: string): string =>
  e.emit("Slice", [w, e.ints([-1]), e.ints([-(2 ** 31)]), e.ints([2]), e.ints([-1])]);

/** The convolution with stride 1 that takes dy, spread out by the stride, to dx. */
function backwards(c: ConvShape): ConvShape {
  const { input, output, stride, kernel, padding } = c;
  const spread: Extent = { ...output, height: stride * output.height, width: stride * output.width };
  const side = (size: number, from: number, extent: number, before: number): [number, number] => {
    const lead = extent - 1 - before;
    return [lead, size - from - lead + extent - 1];
  };
  const [top, bottom] = side(input.height, spread.height, kernel[0], padding[0]);
  const [left, right] = side(input.width, spread.width, kernel[1], padding[1]);
  return {
    ...c,
    stride: 1,
    input: stride === 1 ? output : spread,
    output: input,
    padding: [top, left, bottom, right],
  };
}

/** Convolution with stride 1 of x [C, P] with filters [K, C / groups, R, S] -> [K, P']. */
function convolve(
  e: Emitter,
  x: string,
  w: string,
  { padding, kernel, groups, input, output }: ConvShape,
): string {
  const [top, left, bottom, right] = padding;
  const { n, channels, height, width } = input;
  const y = e.emit("Conv", [e.reshape(x, [1, channels, height, width * n]), w], {
    kernel_shape: attribute.ints(kernel),
    dilations: attribute.ints([1, n]),
    group: attribute.int(groups),
    pads: attribute.ints([top, left * n, bottom, right * n]),
  });
  return asRows(e, y, output);
}

/** One filter a channel: the runtime's grouped convolution, strided ones in three dimensions. */
const depthwise: Formulation = {
  forward: (e, x, w, c) => {
    const { input, output, kernel, stride, padding, groups } = c;
    if (stride === 1) return convolve(e, x, e.reshape(w, [groups, 1, ...kernel]), c);
    const [top, left, bottom, right] = padding;
    const grid = e.reshape(x, [1, input.channels, input.height, input.width, input.n]);
    const y = e.emit("Conv", [grid, e.reshape(w, [groups, 1, ...kernel, 1])], {
      kernel_shape: attribute.ints([...kernel, 1]),
      strides: attribute.ints([stride, stride, 1]),
      group: attribute.int(groups),
      pads: attribute.ints([top, left, 0, bottom, right, 0]),
    });
    return asRows(e, y, output);
  },
  inputGradient: (e, dy, w, c, residual) => {
    const [r, s] = c.kernel;
    const turned = e.reshape(turn(e, e.reshape(w, [c.groups, 1, r * s])), [c.groups, 1, r, s]);
    return added(e, convolve(e, spread(e, dy, c), turned, backwards(c)), residual);
  },
  // Shifting dy against x rather than x against dy keeps no shifted copies from the forward pass alive.
  weightGradient: (e, x, dy, c, carry) => {
    const parts = keepsSize(c)
      ? windows(e, dy, c)
          .map((window) => rowDot(e, window, x, c.output))
          .reverse()
      : windows(e, x, c).map((window) => rowDot(e, window, dy, c.output));
    return carried(e, e.emit("Concat", parts, { axis: attribute.int(1) }), carry);
  },
};

/** dy with zeros between its pixels, so many that a step of the stride is a step of one. */
function spread(e: Emitter, dy: string, { stride, output }: ConvShape): string {
  if (stride === 1) return dy;
  const { channels, height, width, n } = output;
  const [tall, wide] = [stride * height, stride * width];
  const rows = scatter(
    e,
    [{ name: asGrid(e, dy, output), offset: 0 }],
    [channels, height, width, n],
    1,
    stride,
    tall,
  );
  const grid = scatter(e, [{ name: rows, offset: 0 }], [channels, tall, width, n], 2, stride, wide);
  return asRows(e, grid, { channels, height: tall, width: wide, n });
}

/** Shorter rows than this are multiplied and summed faster than they are made into products of vectors. */
const LONG_ROW = 1024;

/** Σ a · b along the rows of two matrices [C, P] -> [C, 1]. */
export function rowDot(e: Emitter, a: string, b: string, size: Extent): string {
  const length = positions(size);
  if (length < LONG_ROW) return e.emit("ReduceSum", [e.emit("Mul", [a, b]), e.ints([1])]);
  const row = [size.channels, 1, length];
  const dot = e.emit(
    "FusedMatMul",
    [e.reshape(a, row), e.reshape(b, row)],
    { transB: attribute.int(1) },
    "com.microsoft",
  );
  return e.reshape(dot, [size.channels, 1]);
}
