/** What a threshold brings, measured. */
export interface TradePoint {
  readonly threshold: number;
  /** Share of the spoken words that are not heard, in [0, 1]. */
  readonly missed: number;
  /** Words that are heard in an hour of background noise. */
  readonly falsePerHour: number;
}

/** What a threshold brings, between the two measured ones beside it. */
export function tradeAt(curve: readonly TradePoint[], threshold: number): TradePoint | undefined {
  const after = curve.findIndex((point) => point.threshold >= threshold);
  const [left, right] = [curve[after - 1], curve[after]];
  if (right === undefined) return curve.at(-1);
  if (left === undefined) return right;
  const share = (threshold - left.threshold) / (right.threshold - left.threshold);
  const between = (a: number, b: number) => a + (b - a) * share;
  return {
    threshold,
    missed: between(left.missed, right.missed),
    falsePerHour: between(left.falsePerHour, right.falsePerHour),
  };
}
