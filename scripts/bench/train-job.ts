/** Training steps to be timed: the same work for every framework, handed to it as JSON. */
export interface TrainingJob {
  readonly network: string;
  /** Pictures a step. */
  readonly batch: number;
  /** Side of the pictures, in pixels. */
  readonly size: number;
  readonly classes: number;
  readonly threads: number;
  /** Batch normalisation by the batch's own statistics, or by stored ones as in fine-tuning. */
  readonly statistics: "live" | "frozen";
  /** Steps a block. */
  readonly steps: number;
  /**
   * So small that random weights, which nothing normalises where statistics are frozen, stay as they are;
   * the arithmetic takes the same time whatever the numbers.
   */
  readonly rate: number;
  readonly momentum: number;
}
