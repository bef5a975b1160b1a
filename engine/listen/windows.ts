/** A stretch of a stream. */
export interface StreamWindow {
  /** Samples before its end since the stream began. */
  readonly end: number;
  /** [length]; where the stream is younger than a window, silence comes first. */
  readonly samples: Float32Array;
}

/**
 * Cuts a stream into windows of `length` samples, one every `hop` samples, whatever the pieces in which it arrives. The
 * first ends after the first hop, so that nothing is waited for.
 */
export class StreamWindows {
  readonly #hop: number;
  /** The newest samples; what is older than a window falls out. */
  readonly #recent: Float32Array;
  #end = 0;

  constructor(length: number, hop: number) {
    this.#hop = hop;
    this.#recent = new Float32Array(length);
  }

  /** The windows that end within these samples. */
  push(samples: Float32Array): StreamWindow[] {
    const windows: StreamWindow[] = [];
    for (let at = 0; at < samples.length; ) {
      const next = Math.min(samples.length, at + this.#hop - (this.#end % this.#hop));
      this.#append(samples.subarray(at, next));
      at = next;
      if (this.#end % this.#hop === 0) windows.push({ end: this.#end, samples: this.#recent.slice() });
    }
    return windows;
  }

  #append(samples: Float32Array): void {
    const fresh = samples.subarray(Math.max(0, samples.length - this.#recent.length));
    this.#recent.copyWithin(0, fresh.length);
    this.#recent.set(fresh, this.#recent.length - fresh.length);
    this.#end += samples.length;
  }
}
