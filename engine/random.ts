/**
 * A seeded, splittable generator of random numbers.
 *
 * `fork` derives an independent generator from a label without touching this one's sequence, so what
 * a picture's augmentation draws depends on its epoch and index alone, never on who drew before.
 * Sequence: sfc32 (C. Doty-Humphrey, PractRand); keys are mixed with the murmur3 finaliser.
 */
export class Rng {
  readonly #key: readonly [number, number];
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number | readonly [number, number]) {
    this.#key =
      typeof seed === "number" ? [mix(seed | 0), mix(Math.floor(seed / 2 ** 32) ^ 0x9e3779b9)] : seed;
    [this.#a, this.#b] = this.#key;
    this.#c = mix(this.#a ^ mix(this.#b));
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** An independent generator named by `labels`; the same labels give the same generator, always. */
  fork(...labels: readonly (string | number)[]): Rng {
    let [a, b] = this.#key;
    for (const label of labels) {
      for (const word of typeof label === "number" ? [label | 0, 0x4e] : characters(label)) {
        a = mix(a ^ word);
        b = mix((b + Math.imul(word, 0x85ebca6b)) ^ a);
      }
    }
    return new Rng([a, b]);
  }

  /** The next 32 bits, as an integer in [0, 2^32). */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.uint32() / 2 ** 32);
  }

  /** A uniform integer in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** A standard normal number (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** The numbers 0 … count − 1 in random order (Fisher and Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}

function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function* characters(label: string): Generator<number> {
  for (let i = 0; i < label.length; i++) yield label.charCodeAt(i) + 1;
  yield 0x53; // ends the string, so that "ab" and "a", "b" differ
}
