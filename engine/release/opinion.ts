import type { NacreError } from "../errors.ts";

/** What a release thinks of one input. */
export interface Judgement {
  /** One per class, calibrated. */
  readonly probabilities: Float32Array;
  /** Whether it is one of the classes at all; undefined where the release cannot tell. */
  readonly known: boolean | undefined;
}

/** What is said of one input. */
export interface Opinion {
  /** How the input is called: the file's name, or the text. */
  readonly name: string;
  /** An error where it cannot be used. */
  readonly answer: Judgement | NacreError;
}
