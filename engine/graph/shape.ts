import type { Dim, Shape, TensorType } from "./value.ts";

/** Shapes that do not fit: names the operator, what it got and what it wants. */
export class ShapeError extends Error {
  constructor(operator: string, message: string) {
    super(`${operator}: ${message}`);
    this.name = "ShapeError";
  }
}

/** A shape as people write it: "[N, 3, 32, 32]". */
export const shapeText = (shape: Shape): string => `[${shape.join(", ")}]`;

/** Whether two shapes have the same dimensions, named ones by their names. */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dim, i) => dim === b[i]);

/** The dimension as a number; throws where it is a name. */
export function known(dim: Dim | undefined, operator: string): number {
  if (typeof dim === "number") return dim;
  throw new ShapeError(operator, `needs a known size, got ${dim === undefined ? "none" : `"${dim}"`}.`);
}

/** How many elements the shape holds; throws where a dimension is a name. */
export const elements = (shape: Shape): number =>
  shape.reduce<number>((n, dim) => n * known(dim, "elements"), 1);

/** The shape of an elementwise result (ONNX, "Broadcasting in ONNX", multidirectional). */
export function broadcast(operator: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new ShapeError(
      operator,
      `${shapeText(a)} and ${shapeText(b)} do not broadcast: ${x} against ${y}.`,
    );
  });
}

/** Axes counted from the front, sorted; negative ones count from the back. */
export function normaliseAxes(operator: string, axes: readonly number[], rank: number): number[] {
  return axes
    .map((axis) => {
      if (axis < -rank || axis >= rank)
        throw new ShapeError(operator, `axis ${axis} is outside a rank of ${rank}.`);
      return axis < 0 ? axis + rank : axis;
    })
    .sort((a, b) => a - b);
}

/** Throws ShapeError, naming the operator and which of its inputs, where a tensor has another number of dimensions. */
export function expectRank(operator: string, what: string, type: TensorType, rank: number): void {
  if (type.shape.length !== rank)
    throw new ShapeError(operator, `${what} has shape ${shapeText(type.shape)}, wanted ${rank} dimensions.`);
}
