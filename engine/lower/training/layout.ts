import type { Shape } from "../../graph/value.ts";
import { attribute } from "../../onnx/build.ts";
import type { Emitter } from "../emitter.ts";

/**
 * The layout that training computes in: a picture tensor [N, C, H, W] is a matrix [C, P], P = H · W · N,
 * with the batch innermost. Then a 1×1 convolution is one matrix product over the whole batch, the
 * statistics of batch normalisation are sums along rows, and a shift by a pixel is a shift within a row.
 */
export interface Extent {
  readonly n: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** The sizes of [N, C, H, W], all of which a training graph knows. */
export function extentOf(shape: Shape): Extent {
  const [n, channels, height, width] = shape;
  return { n: Number(n), channels: Number(channels), height: Number(height), width: Number(width) };
}

/** P, the length of a row. */
export const positions = ({ n, height, width }: Extent): number => n * height * width;

/** [N, C, H, W] -> [C, P] */
export function toChannels(e: Emitter, x: string, size: Extent): string {
  return e.reshape(e.transpose(x, [1, 2, 3, 0]), [size.channels, positions(size)]);
}

/** [C, P] -> [N, C, H, W] */
export function toPictures(e: Emitter, x: string, size: Extent): string {
  return e.transpose(asGrid(e, x, size), [3, 0, 1, 2]);
}

/** [C, P] seen as [C, H, W, N]; costs nothing. */
export const asGrid = (e: Emitter, x: string, { channels, height, width, n }: Extent): string =>
  e.reshape(x, [channels, height, width, n]);

/** [C, H, W, N] seen as [C, P]; costs nothing. */
export const asRows = (e: Emitter, x: string, size: Extent): string =>
  e.reshape(x, [size.channels, positions(size)]);

/** out[h, w] = x[h + rows, w] with zeros from outside. A flat shift: the rows of a picture follow each other. */
export function shiftRows(e: Emitter, x: string, rows: number, size: Extent): string {
  return rows === 0 ? x : shift(e, x, rows * size.width * size.n);
}

/** out[h, w] = x[h, w + columns] with zeros from outside: a flat shift, then what crossed an edge is cleared. */
export function shiftColumns(e: Emitter, x: string, columns: number, size: Extent): string {
  if (columns === 0) return x;
  const { height, width, n } = size;
  const inside = e.shared(`edge ${height} ${width} ${n} ${columns}`, [1, positions(size)], () => {
    const mask = new Float32Array(positions(size));
    for (let p = 0; p < mask.length; p++) {
      const column = (Math.floor(p / n) % width) + columns;
      mask[p] = column >= 0 && column < width ? 1 : 0;
    }
    return mask;
  });
  return e.emit("Mul", [shift(e, x, columns * n), inside]);
}

/** One Pad with a negative and a positive side crops here and fills with zeros there. */
const shift = (e: Emitter, x: string, by: number): string => e.emit("Pad", [x, e.ints([0, -by, 0, by])]);

/** Every `stride`-th element along `axis`, `count` of them, from `start` on. */
export function every(
  e: Emitter,
  x: string,
  axis: number,
  start: number,
  stride: number,
  count: number,
): string {
  const end = start + stride * (count - 1) + 1;
  return e.emit("Slice", [x, e.ints([start]), e.ints([end]), e.ints([axis]), e.ints([stride])]);
}

/** A window that moves over pictures. */
interface Look {
  readonly input: Extent;
  /** Its channels do not matter. */
  readonly output: Extent;
  readonly kernel: readonly [number, number];
  readonly stride: number;
  /** Zeros at the top, left, bottom and right. */
  readonly padding: readonly [number, number, number, number];
}

/**
 * x [C, P] -> [C, Q, P']: what each of Q fixed filters [Q, R·S] sees of each channel by itself. The channels are
 * the batch of the runtime's own convolution, over [C, 1, H, W, N], which works on all cores: to put windows
 * of 3×3 side by side this way takes half the time of cutting them out one by one.
 */
export function filterEach(e: Emitter, x: string, filters: Matrix, look: Look): string {
  const { n, channels, height, width } = look.input;
  const [top, left, bottom, right] = look.padding;
  const kernel = [...look.kernel, 1];
  const grid = e.reshape(x, [channels, 1, height, width, n]);
  const fixed = e.reshape(constant(e, filters), [filters.length, 1, ...kernel]);
  const seen = e.emit("Conv", [grid, fixed], {
    kernel_shape: attribute.ints(kernel),
    strides: attribute.ints([look.stride, look.stride, 1]),
    pads: attribute.ints([top, left, 0, bottom, right, 0]),
  });
  return e.reshape(seen, [channels, filters.length, positions(look.output)]);
}

/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/** A matrix that no step changes. */
export const constant = (e: Emitter, rows: Matrix): string =>
  e.shared(`matrix ${rows.join("; ")}`, [rows.length, rows[0]!.length], () => Float32Array.from(rows.flat()));

/** A piece of length `count` along an axis, whose element o belongs at `stride · o + offset`. */
export interface Piece {
  readonly name: string;
  readonly offset: number;
}

/**
 * The adjoint of taking every `stride`-th element: puts each piece's elements where they belong along
 * `axis` of a tensor [A, B, C, D] and adds what falls together. Elements outside [0, size) are dropped.
 * Each phase (offset modulo stride) is summed by itself; then the phases are interleaved.
 */
export function scatter(
  e: Emitter,
  pieces: readonly Piece[],
  dims: readonly number[],
  axis: number,
  stride: number,
  size: number,
): string {
  const count = dims[axis]!;
  const length = Math.ceil(size / stride);
  const phases = Array.from({ length: stride }, (_, phase) => {
    const parts = pieces
      .filter(({ offset }) => (((offset - phase) % stride) + stride) % stride === 0)
      .map(({ name, offset }) => {
        const before = (offset - phase) / stride;
        const after = length - count - before;
        if (before === 0 && after === 0) return name;
        // As a matrix: where one side is cropped, the runtime pads more dimensions six times as slowly.
        const inner = dims.slice(axis + 1).reduce((product, size) => product * size, 1);
        const rows = e.reshape(name, [-1, count * inner]);
        const padded = e.emit("Pad", [rows, e.ints([0, before * inner, 0, after * inner])]);
        return e.reshape(padded, dims.with(axis, length));
      });
    if (parts.length === 0) return e.emit("ConstantOfShape", [e.ints(dims.with(axis, length))]);
    return parts.reduce((sum, part) => e.emit("Add", [sum, part]));
  });
  if (stride === 1) return phases[0]!;
  const columns = phases.map((phase) => e.reshape(phase, dims.with(axis, length).toSpliced(axis + 1, 0, 1)));
  const mixed = e.reshape(
    e.emit("Concat", columns, { axis: attribute.int(axis + 1) }),
    dims.with(axis, length * stride),
  );
  return length * stride === size
    ? mixed
    : e.emit("Slice", [mixed, e.ints([0]), e.ints([size]), e.ints([axis])]);
}

/** Vectors end to end. */
export const joined = (e: Emitter, names: readonly string[]): string =>
  e.emit("Concat", names, { axis: attribute.int(0) });

/** A vector in parts of these lengths, copies of it. */
export const parted = (e: Emitter, name: string, lengths: readonly number[]): readonly string[] =>
  e.emitMany("Split", [name, e.ints(lengths)], lengths.length, { axis: attribute.int(0) });
