import type { Range } from "./quantise-static.ts";

/** Bins on each side of 0. At least half of one side's bins are in use, four or more for each step of 8 bits. */
const side = 4096;
/** Candidates for the range's end, as shares of the largest value seen. */
const candidates = 64;

/**
 * Counts of a value's elements over [−2^k, 2^k], in memory that does not grow: when an element falls outside,
 * k grows and neighbouring bins merge.
 */
export class Histogram {
  #counts = new Float64Array(2 * side);
  /** Width of a bin: a power of two, 0 before the first element that is not 0. */
  #width = 0;
  #low = 0;
  #high = 0;

  /** Counts all elements. Those that are not finite are passed over. */
  add(elements: Float32Array): void {
    let low = this.#low;
    let high = this.#high;
    for (const element of elements) {
      if (element < low && element !== Number.NEGATIVE_INFINITY) low = element;
      if (element > high && element !== Number.POSITIVE_INFINITY) high = element;
    }
    this.#low = low;
    this.#high = high;
    this.#widen(Math.max(-low, high));
    const perWidth = this.#width === 0 ? 0 : 1 / this.#width;
    for (const element of elements) {
      const bin = Math.floor(element * perWidth) + side;
      if (bin >= 0 && bin < 2 * side) this.#counts[bin]!++;
    }
  }

  /** The smallest and the largest element, and 0. */
  get extremes(): Range {
    return { low: this.#low, high: this.#high };
  }

  /**
   * The range whose 256 steps give the elements back with the least squared error: a narrower range rounds
   * more finely and cuts off outliers. Its high end is chosen first, then the low one, and the high one again.
   */
  leastSquares(): Range {
    const { low, high } = this.extremes;
    let best = { low, high, error: this.#squaredError(low, high) };
    const attempt = (low: number, high: number) => {
      const error = this.#squaredError(low, high);
      if (error < best.error) best = { low, high, error };
    };
    for (const end of ["high", "low", "high"] as const) {
      const { low: chosenLow, high: chosenHigh } = best;
      for (let i = 1; i <= candidates; i++) {
        const share = i / candidates;
        if (end === "high" && high > 0) attempt(chosenLow, high * share);
        if (end === "low" && low < 0) attempt(low * share, chosenHigh);
      }
    }
    return { low: best.low, high: best.high };
  }

  /** Sum of (x − rounded x)² with 256 steps over [low, high], each element taken to be its bin's middle. */
  #squaredError(low: number, high: number): number {
    const scale = (high - low) / 255;
    if (scale === 0) return 0;
    const zero = Math.round(-low / scale);
    let error = 0;
    for (let bin = 0; bin < 2 * side; bin++) {
      const count = this.#counts[bin]!;
      if (count === 0) continue;
      // The bin at 0 holds what a ReLU has cut, which is exactly 0.
      const x = bin === side ? 0 : (bin - side + 0.5) * this.#width;
      const step = Math.min(Math.max(Math.round(x / scale) + zero, 0), 255);
      error += count * (x - (step - zero) * scale) ** 2;
    }
    return error;
  }

  /** Makes room for elements up to ±`largest`. */
  #widen(largest: number): void {
    if (largest === 0) return;
    // Strictly above, so that `largest` itself falls into the last bin.
    const needed = 2 ** (Math.floor(Math.log2(largest)) + 1) / side;
    if (this.#width === 0) {
      // What came before was 0 throughout and lies in the bin at 0 already.
      this.#width = needed;
      return;
    }
    for (; this.#width < needed; this.#width *= 2) {
      const merged = new Float64Array(2 * side);
      for (let bin = 0; bin < 2 * side; bin++) merged[(bin + side) >> 1]! += this.#counts[bin]!;
      this.#counts = merged;
    }
  }
}
