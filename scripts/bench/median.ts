/** The middle of some numbers; of an even count, the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A number with so many digits after the point, for JSON that people read too. */
export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
