/** A recording: one channel, samples evenly spaced in time. */
export interface Sound {
  /** [T], values in [−1, 1]. */
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly rate: number;
}
