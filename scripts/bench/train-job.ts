/** Training steps to be timed: the same work for every framework, handed to it as JSON. */
export type TrainingJob = PictureJob | SequenceJob;

/** What every such work says. */
interface Job {
  readonly network: string;
  /** Examples a step. */
  readonly batch: number;
  readonly classes: number;
  readonly threads: number;
  /** Steps a block. */
  readonly steps: number;
  /**
   * So small that random weights, which nothing normalises where statistics are frozen, stay as they are;
   * the arithmetic takes the same time whatever the numbers.
   */
  readonly rate: number;
}

/** A network for pictures, trained by SGD with momentum. */
export interface PictureJob extends Job {
  readonly kind: "pictures";
  /** Side of the pictures, in pixels. */
  readonly size: number;
  /** Batch normalisation by the batch's own statistics, or by stored ones as in fine-tuning. */
  readonly statistics: "live" | "frozen";
  readonly momentum: number;
}

/** A recurrent network, trained by AdamW with its gradients clipped, as our own models are. */
export interface SequenceJob extends Job {
  readonly kind: "sequences";
  readonly network: SequenceNetwork;
  /** Of every sequence, in steps: tokens of a text, or frames of a sound. */
  readonly length: number;
  readonly clip: number;
  readonly weightDecay: number;
}

/** What reads in the released model for texts, without its n-grams; and what listens in that for spoken commands. */
export type SequenceNetwork = "lstm" | "gru";
