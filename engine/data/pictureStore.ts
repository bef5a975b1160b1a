import type { Pixels } from "./image/pixels.ts";

/** The memory behind a store, which can be handed to other threads. */
export interface StoreMemory {
  /** A header word, then WORDS words for each picture. */
  readonly table: SharedArrayBuffer;
  readonly bytes: SharedArrayBuffer;
}

/** Per picture: state, place in units, width, height. */
const WORDS = 4;
const EMPTY = 0;
const CLAIMED = 1;
const READY = 2;
/** Places are counted in units of this many bytes, so that 32 bits reach far enough. */
const UNIT = 64;
/** The largest buffer that is asked for; engines refuse a little above. */
const MAX_BYTES = 2 ** 32;

/**
 * Decoded pictures in memory that all threads share, up to a budget: whoever decodes first stores, and
 * what no longer fits is decoded again each time. Nothing is thrown out: in a shuffled epoch every
 * picture is equally likely to be next, so any share that stays is as good as any other.
 */
export class PictureStore {
  readonly #table: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory: StoreMemory) {
    this.#table = new Int32Array(memory.table);
    this.#bytes = new Uint8Array(memory.bytes);
  }

  /** Memory for `pictures` pictures in `bytes` bytes; the system hands it out only as it is filled. */
  static allocate(pictures: number, bytes: number): StoreMemory {
    const whole = Math.floor(Math.min(bytes, MAX_BYTES) / UNIT) * UNIT;
    return {
      table: new SharedArrayBuffer((1 + pictures * WORDS) * 4),
      bytes: new SharedArrayBuffer(whole),
    };
  }

  /** The stored picture, to be read only, or undefined. */
  get(index: number): Pixels | undefined {
    const entry = 1 + index * WORDS;
    if (Atomics.load(this.#table, entry) !== READY) return undefined;
    const start = this.#table[entry + 1]! * UNIT;
    const [width, height] = [this.#table[entry + 2]!, this.#table[entry + 3]!];
    return { width, height, data: this.#bytes.subarray(start, start + width * height * 3) };
  }

  /** Keeps a copy if there is room and nobody else has stored it. */
  put(index: number, { width, height, data }: Pixels): void {
    const table = this.#table;
    const entry = 1 + index * WORDS;
    if (Atomics.compareExchange(table, entry, EMPTY, CLAIMED) !== EMPTY) return;
    const place = this.#reserve(Math.ceil(data.length / UNIT));
    if (place === undefined) {
      Atomics.store(table, entry, EMPTY);
      return;
    }
    this.#bytes.set(data, place * UNIT);
    table[entry + 1] = place;
    table[entry + 2] = width;
    table[entry + 3] = height;
    Atomics.store(table, entry, READY);
  }

  /** Takes room that no other thread has; undefined where there is none. What is taken is never given back. */
  #reserve(units: number): number | undefined {
    const capacity = this.#bytes.length / UNIT;
    let end = Atomics.load(this.#table, 0);
    while (end + units <= capacity) {
      const found = Atomics.compareExchange(this.#table, 0, end, end + units);
      if (found === end) return end;
      end = found;
    }
    return undefined;
  }
}
