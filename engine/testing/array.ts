/** Dense arrays of float64 for tests: exact enough to judge float32 by, slow enough to be obvious. */
export interface Array64 {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const size = (shape: readonly number[]): number => shape.reduce((n, dim) => n * dim, 1);

export const array = (shape: readonly number[], fill: (i: number) => number = () => 0): Array64 => ({
  shape,
  data: Float64Array.from({ length: size(shape) }, (_, i) => fill(i)),
});

/** The place of element `flat` along each axis. */
export function placeOf(flat: number, shape: readonly number[]): number[] {
  const place = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis] = flat % shape[axis]!;
    flat = Math.floor(flat / shape[axis]!);
  }
  return place;
}

/** The element's number at a place. */
export const flatOf = (place: readonly number[], shape: readonly number[]): number =>
  place.reduce((flat, at, axis) => flat * shape[axis]! + at, 0);

/** An array of this shape, made place by place. */
export const tabulate = (shape: readonly number[], at: (place: readonly number[]) => number): Array64 =>
  array(shape, (i) => at(placeOf(i, shape)));

export const at = ({ shape, data }: Array64, place: readonly number[]): number => data[flatOf(place, shape)]!;

/** The element that broadcasting to a larger shape puts at `place` of it. */
export const broadcastAt = (x: Array64, place: readonly number[]): number =>
  at(
    x,
    x.shape.map((dim, axis) => (dim === 1 ? 0 : place[axis + place.length - x.shape.length]!)),
  );

/** What several shapes broadcast to. */
export const broadcastShape = (...shapes: readonly (readonly number[])[]): number[] => {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    Math.max(...shapes.map((shape) => shape[axis - rank + shape.length] ?? 1)),
  );
};
