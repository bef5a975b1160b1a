/** A stretch of a sequence, from `from` up to, not including, `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A sequence in as few windows as it takes, none longer than `longest` and all as long as each other, but for one step. */
export function windowsOf(length: number, longest: number): Stretch[] {
  const count = Math.ceil(length / longest);
  const edge = (i: number) => Math.round((i * length) / count);
  return Array.from({ length: count }, (_, i) => ({ from: edge(i), to: edge(i + 1) }));
}
