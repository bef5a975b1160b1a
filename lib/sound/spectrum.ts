/** The power of each line of a real signal's spectrum, by a fast Fourier transform (Cooley and Tukey 1965). */
export class Spectrum {
  readonly #size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  /** |X|² of lines 0 … size / 2, of the signal that was transformed last. */
  readonly power: Float64Array;

  /** @param size a power of two */
  constructor(size: number) {
    this.#size = size;
    this.#cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
    this.#re = new Float64Array(size);
    this.#im = new Float64Array(size);
    this.power = new Float64Array(size / 2 + 1);
  }

  /** Transforms a signal of at most `size` samples; zeros follow it. */
  transform(signal: ArrayLike<number>): Float64Array {
    const [re, im, size] = [this.#re, this.#im, this.#size];
    const bits = 32 - Math.log2(size);
    im.fill(0);
    for (let t = 0; t < size; t++) re[reversed(t) >>> bits] = signal[t] ?? 0;
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const [a, b] = [start + k, start + k + half];
          const [c, s] = [this.#cos[k * stride]!, this.#sin[k * stride]!];
          const [x, y] = [re[b]! * c - im[b]! * s, re[b]! * s + im[b]! * c];
          re[b] = re[a]! - x;
          im[b] = im[a]! - y;
          re[a]! += x;
          im[a]! += y;
        }
      }
    }
    for (let k = 0; k <= size / 2; k++) this.power[k] = re[k]! ** 2 + im[k]! ** 2;
    return this.power;
  }
}

/** The 32 bits of a number in the opposite order. */
function reversed(bits: number): number {
  let x = bits;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
}
